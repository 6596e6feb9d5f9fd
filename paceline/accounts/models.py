"""Tables of people: members, groups, fields of a profile, bans, who ignores whom."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from paceline.lib.texts import fold_name, look_of


class Group(models.Model):
    """Members who share rights. The groups with a `role` are the board's own and stay.

    `title` is shown beside the posts of those whose first such group it is ("Administrator").
    """

    class Role(models.TextChoices):
        GUESTS = "guests", "Guests"
        MEMBERS = "members", "Members"
        NEW_MEMBERS = "new_members", "New members"
        MODERATORS = "moderators", "Moderators"
        ADMINISTRATORS = "administrators", "Administrators"
        BANNED = "banned", "Banned"

    name = models.CharField(max_length=60, unique=True)
    role = models.CharField(max_length=20, choices=Role, unique=True, null=True, blank=True)
    title = models.CharField(max_length=60, blank=True)
    position = models.PositiveIntegerField(default=0)
    # How much the attachments of one member may hold; of several groups the largest counts.
    # Null: without end; 0: this group gives nothing.
    attachment_megabytes = models.PositiveIntegerField(null=True, blank=True, default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class MemberManager(BaseUserManager["Member"]):
    """Finds members by name as people type it."""

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(name_key=fold_name(username or ""))


class Member(AbstractBaseUser):
    """Somebody with a name on the board.

    The counters are kept with the facts they count (`accounts.counters`); `carried` holds, by
    counter, what an old board stated beyond the facts that came along.
    """

    class Theme(models.TextChoices):
        SYSTEM = "system", "As the device says"
        LIGHT = "light", "Light"
        DARK = "dark", "Dark"

    # Longer than a new name may be (names.LONGEST_NAME), since old boards allowed more.
    name = models.CharField(max_length=80, unique=True)
    name_key = models.CharField(max_length=160, unique=True, editable=False)
    # Not unique: names that came from an old board stay as they are.
    look_key = models.CharField(max_length=160, default="", editable=False, db_index=True)
    email = models.EmailField(blank=True, db_index=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    shows_online = models.BooleanField(default=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    location = models.CharField(max_length=100, blank=True)
    custom_title = models.CharField(max_length=60, blank=True)
    # Values of the administrator's profile fields, by the field's key.
    fields = models.JSONField(default=dict, blank=True)
    signature_source = models.TextField(blank=True)
    signature_html = models.TextField(blank=True)
    signature_renderer = models.PositiveSmallIntegerField(default=1)
    avatar = models.CharField(max_length=120, blank=True)
    groups: "models.ManyToManyField[Group, MemberGroup]" = models.ManyToManyField(
        Group, through="MemberGroup", related_name="members"
    )

    time_zone = models.CharField(max_length=60, blank=True)
    date_format = models.CharField(max_length=20, blank=True)
    theme = models.CharField(max_length=10, choices=Theme, default=Theme.SYSTEM)
    # The markup that a form to write in begins with; empty: the board's.
    post_language = models.CharField(max_length=10, blank=True)
    shows_signatures = models.BooleanField(default=True)
    shows_avatars = models.BooleanField(default=True)
    watches_own_threads = models.BooleanField(default=True)
    mails_alerts = models.BooleanField(default=True)
    # Everything posted up to this moment counts as read, on every board.
    all_read_at = models.DateTimeField(default=timezone.now)

    post_count = models.PositiveIntegerField(default=0)
    thread_count = models.PositiveIntegerField(default=0)
    mentioned_count = models.PositiveIntegerField(default=0)
    tagged_count = models.PositiveIntegerField(default=0)
    quoted_count = models.PositiveIntegerField(default=0)
    likes_given_count = models.PositiveIntegerField(default=0)
    liked_count = models.PositiveIntegerField(default=0)
    liked_post_count = models.PositiveIntegerField(default=0)
    unread_alert_count = models.PositiveIntegerField(default=0)
    carried = models.JSONField(default=dict, blank=True)

    objects: ClassVar[MemberManager] = MemberManager()

    USERNAME_FIELD = "name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["-last_seen_at"], name="member_last_seen"),
            models.Index(fields=["-joined_at", "-id"], name="member_by_joining"),
            models.Index(fields=["-post_count", "-id"], name="member_by_posts"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the keys that make two spellings of a name one, and two looks."""
        self.name_key = fold_name(self.name)
        self.look_key = look_of(self.name)[:160]
        if kwargs.get("update_fields") and "name" in kwargs["update_fields"]:
            kwargs["update_fields"] = {*kwargs["update_fields"], "name_key", "look_key"}
        super().save(*args, **kwargs)


class MemberGroup(models.Model):
    """A member belongs to a group (beside Members, to which all belong without a row)."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="memberships")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "group"], name="member_once_in_group"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.group_id}"


class ProfileField(models.Model):
    """A field that the administrator added to profiles, such as "Bikes"."""

    key = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=60)
    help_text = models.CharField(max_length=200, blank=True)
    is_beside_posts = models.BooleanField(default=True)
    is_editable = models.BooleanField(default=True)
    longest = models.PositiveIntegerField(default=200)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.label


class Ban(models.Model):
    """A member may not take part, until a moment or for good. The newest open row is in force."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="bans")
    reason = models.CharField(max_length=500, blank=True)
    banned_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    banned_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-banned_at", "-id"]

    def __str__(self) -> str:
        return f"ban of {self.member_id}"


class Ignore(models.Model):
    """A member folds away what another writes."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="ignores")
    ignored = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="ignored_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "ignored"], name="ignore_once"),
            models.CheckConstraint(
                condition=~models.Q(member=models.F("ignored")), name="nobody_ignores_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} ignores {self.ignored_id}"


class Presence(models.Model):
    """Who was where lately. Written in batches, never by a page view itself.

    `key` is `m<id>` for a member and a daily salted digest for a visitor. `board` and `thread`
    are plain ids, 0 for none: this room knows no boards.
    """

    key = models.CharField(max_length=40, unique=True)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="+")
    board = models.BigIntegerField(default=0)
    thread = models.BigIntegerField(default=0)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["thread", "-seen_at"], name="presence_in_thread")]

    def __str__(self) -> str:
        return self.key
