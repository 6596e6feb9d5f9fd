"""Give a member another name wherever the old one stands beside their id."""

from paceline.accounts.models import Member
from paceline.forum import inside_links
from paceline.forum.models import Post, Revision, Thread


def rename_everywhere(member: Member, name: str) -> None:
    """Posts, threads, revisions and edit notes of the member say the new name; then the row does.

    `member.name` is set and not saved: that is for the caller, in whose transaction it all is.
    Eight queries.
    """
    before = member.name
    edited = Post.objects.filter(revisions__written_by=member, edited_by_name=before)
    Post.objects.filter(id__in=list(edited.values_list("id", flat=True))).update(
        edited_by_name=name
    )
    Post.objects.filter(author=member, edited_by_name=before).update(edited_by_name=name)
    Post.objects.filter(author=member).update(author_name=name)
    Revision.objects.filter(written_by=member).update(written_by_name=name)
    Thread.objects.filter(author=member).update(author_name=name)
    Thread.objects.filter(last_author=member).update(last_author_name=name)
    inside_links.member_changed(member.pk)
    member.name = name
