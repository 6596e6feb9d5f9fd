"""allauth's forms in the words of this board."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.mfa.webauthn import forms as key_forms


class LoginForm(allauth_forms.LoginForm):
    """Signing in, by name or by address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = "Name or e-mail address"
        login.max_length = 254
        login.widget.attrs["autocomplete"] = "username"
        self.fields["remember"].label = "Stay signed in on this device"
        self.fields["remember"].initial = True


class SignupForm(allauth_forms.SignupForm):
    """Registering."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail address"
        self.fields["email"].help_text = "It is shown to nobody."
        name = self.fields["username"]
        name.label = "Name"
        name.help_text = "Under this name you will be seen here."
        name.widget.attrs["autocomplete"] = "nickname"


class AddEmailForm(allauth_forms.AddEmailForm):
    """Another address in place of the one before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "A new address"


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Asking for a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail address"


class AddKeyForm(key_forms.AddWebAuthnForm):
    """A passkey, unless said otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = "For you, to tell it from others: my phone, the blue key."
        alone = self.fields["passwordless"]
        alone.label = "Sign in with it alone, without a password"
        alone.help_text = (
            "That makes it a passkey. The device must then check that it is you, by finger, face"
            " or PIN. Without it, the key is a second step after the password."
        )
        alone.initial = True
