"""allauth's forms in the words of this board."""

from typing import Any

from allauth.account import forms as allauth_forms


class LoginForm(allauth_forms.LoginForm):  # type: ignore[misc]
    """Signing in, by name or by address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = "Name or e-mail address"
        login.max_length = 254
        login.widget.attrs["autocomplete"] = "username"
        self.fields["remember"].label = "Stay signed in on this device"
        self.fields["remember"].initial = True


class SignupForm(allauth_forms.SignupForm):  # type: ignore[misc]
    """Registering."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail address"
        self.fields["email"].help_text = "It is shown to nobody."
        name = self.fields["username"]
        name.label = "Name"
        name.help_text = "Under this name you will be seen here."
        name.widget.attrs["autocomplete"] = "nickname"
