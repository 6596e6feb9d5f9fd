"""Pages as vBulletin 3.8's own templates write them, with words of our own.

Written after the templates' public shape: the ids, the classes and the order of the elements.
"""

from dataclasses import dataclass, field

DIVIDER = "_" * 18


@dataclass
class Post:
    """One post; the defaults make a plain one."""

    id: int
    number: int
    author: str = "Bo"
    member_id: int | None = 7
    date: str = "10-03-2008, 11:40 AM"
    body: str = "The hill by the mill is open again."
    title: str = ""
    user_title: str = "Member"
    beside: tuple[str, ...] = ("Join Date: Dec 2007", "Location: Mill Lane", "Posts: 1,640")
    avatar: str = ""
    signature: str = ""
    edited: str = ""
    below: str = ""
    status: str = "offline"
    extra: str = field(default="", repr=False)


def quote(name: str, post_id: int, words: str) -> str:
    """A quote as vBulletin 3 draws it."""
    return f"""
<div style="margin:20px; margin-top:5px; ">
  <div class="smallfont" style="margin-bottom:2px">Quote:</div>
  <table cellpadding="6" cellspacing="0" border="0" width="100%">
  <tr><td class="alt2" style="border:1px inset">
    <div>Originally Posted by <strong>{name}</strong>
      <a href="showthread.php?p={post_id}#post{post_id}" rel="nofollow"><img class="inlineimg"
        src="images/buttons/viewpost.gif" border="0" alt="View Post" /></a></div>
    <div style="font-style:italic">{words}</div>
  </td></tr>
  </table>
</div>"""


def author_cell(post: Post) -> str:
    """What stands beside a post, or above it: name, title, avatar, lines."""
    link = f'<a class="bigusername" href="member.php?u={post.member_id}">{post.author}</a>'
    avatar = (
        f'<div class="smallfont">&nbsp;<br /><a href="member.php?u={post.member_id}"><img '
        f'src="{post.avatar}" width="80" alt="{post.author}\'s Avatar" border="0" /></a></div>'
        if post.avatar
        else ""
    )
    lines = "".join(f"<div>{line}</div>" for line in post.beside)
    return f"""
<div id="postmenu_{post.id}">
  {link if post.member_id else post.author}
  <script type="text/javascript"> vbmenu_register("postmenu_{post.id}", true); </script>
</div>
<div class="smallfont">{post.user_title}</div>
{avatar}
<div class="smallfont">&nbsp;<br />{lines}<div> </div></div>"""


def words_cell(post: Post) -> str:
    """The post's own cell: title, message, signature, note of the edit."""
    title = (
        f'<div class="smallfont"><img class="inlineimg" src="images/icons/icon1.gif" alt="Default"'
        f' border="0" /> <strong>{post.title}</strong></div><hr size="1" />'
        if post.title
        else ""
    )
    signature = f"<div>{DIVIDER}<br />{post.signature}</div>" if post.signature else ""
    edited = (
        f'<div class="smallfont"><hr size="1" /><em>{post.edited}</em></div>' if post.edited else ""
    )
    return f"""
<td class="alt1" id="td_post_{post.id}">
  <!-- icon and title -->{title}<!-- / icon and title -->
  <!-- message --><div id="post_message_{post.id}">{post.body}</div><!-- / message -->
  {post.below}
  <!-- sig -->{signature}<!-- / sig -->
  <!-- edit note -->{edited}<!-- / edit note -->
</td>"""


def header_row(post: Post) -> str:
    """The row with the date and the number."""
    return f"""
<tr>
  <td class="thead" style="font-weight:normal">
    <!-- status icon and date -->
    <a name="post{post.id}"><img class="inlineimg" src="images/statusicon/post_old.gif" alt="Old"
      border="0" /></a>
    {post.date}
    <!-- / status icon and date -->
  </td>
  <td class="thead" align="right">&nbsp;
    #<a href="showpost.php?p={post.id}&amp;postcount={post.number}" target="new" rel="nofollow"
      id="postcount{post.id}" name="{post.number}"><strong>{post.number}</strong></a> &nbsp;
  </td>
</tr>"""


def status_cell(post: Post) -> str:
    """The lamp that says whether the author is online."""
    return (
        f'<td class="alt2"><img class="inlineimg" src="images/statusicon/user_{post.status}.gif" '
        f'alt="{post.author} is {post.status}" border="0" /> &nbsp;</td>'
    )


def beside_layout(post: Post) -> str:
    """The author in a column beside the words."""
    return f"""<!-- post #{post.id} -->
<div id="edit{post.id}" style="padding:0px 0px 6px 0px">
<table class="tborder" id="post{post.id}" cellpadding="6" cellspacing="0" border="0" width="100%">
{header_row(post)}
<tr valign="top"><td class="alt2" width="175">{author_cell(post)}</td>{words_cell(post)}</tr>
<tr>{status_cell(post)}<td class="alt1" align="right"><!-- controls --></td></tr>
</table>
{post.extra}
</div>
<!-- / post #{post.id} -->"""


def above_layout(post: Post) -> str:
    """The author in a row above the words."""
    return f"""<!-- post #{post.id} -->
<div id="edit{post.id}">
<table id="post{post.id}" class="tborder" width="100%">
{header_row(post)}
<tr><td class="alt2" colspan="2"><table width="100%"><tr>
  <td nowrap="nowrap">{author_cell(post)}</td><td width="100%">&nbsp;</td>
</tr></table></td></tr>
<tr>{words_cell(post)}</tr>
<tr>{status_cell(post)}</tr>
</table>
</div>
<!-- / post #{post.id} -->"""


def page(
    *posts: Post,
    title: str = "Which tyre for gravel?",
    pager: str = "",
    layout=beside_layout,
    charset: str = "ISO-8859-1",
    zone: str = "GMT -5",
    head: str = "",
) -> str:
    """A whole page of a thread."""
    navigation = (
        '<div class="pagenav" align="right"><table class="tborder"><tr><td class="vbmenu_control">'
        f'{pager}</td><td class="alt1"><a href="showthread.php?t=12&amp;page=2">2</a></td></tr>'
        "</table></div>"
        if pager
        else ""
    )
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN">
<html xmlns="http://www.w3.org/1999/xhtml" dir="ltr" lang="en">
<head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}" />
<meta name="generator" content="vBulletin 3.8.4" />
<base href="http://wheels.example/forum/" />
<title> {title} - Wheels of the Valley</title>{head}
</head>
<body>
<table><tr><td>
<div><a href="#" onclick="history.back(1); return false;"><img alt="Go Back"
  src="images/misc/navbits_start.gif" border="0" /></a></div>
<span class="navbar"><a href="index.php" accesskey="1">Wheels of the Valley</a></span>
<span class="navbar">&gt; <a href="forumdisplay.php?f=2">Riding</a></span>
<span class="navbar">&gt; <a href="forumdisplay.php?f=5">Gravel &amp; Mud</a></span>
</td></tr>
<tr><td class="navbar" style="font-size:10pt"><a href="showthread.php?t=12"><img class="inlineimg"
  src="images/misc/navbits_finallink_ltr.gif" alt="Reload this Page" border="0" /></a>
  <strong>{title}</strong></td></tr></table>
<table class="tborder"><tr><td class="alt1"><strong>Gravel &amp; Mud</strong>
  <span class="smallfont">Where the road ends.</span></td></tr></table>
{navigation}
<div id="posts">{"".join(map(layout, posts))}<div id="lastpost"></div></div>
<table><tbody id="collapseobj_forumrules"><tr><td class="smallfont">
  <div>You <strong>may not</strong> post new threads</div>
  <div>You <strong>may</strong> post replies</div><hr />
  <div><a href="misc.php?do=bbcode">BB code</a> is <strong>On</strong></div>
  <div><a href="misc.php?do=bbcode#imgcode">[IMG]</a> code is <strong>Off</strong></div>
</td></tr></tbody></table>
<div class="smallfont">All times are {zone}. The time now is <span class="time">11:42 PM</span>.
</div>
<form action="index.php"><table><tr><td class="tfoot"><div class="smallfont"><strong>
  <a href="sendmessage.php">Contact Us</a> - <a href="http://wheels.example">Wheels</a> -
  <a href="archive/index.php">Archive</a> - <a href="#top">Top</a></strong></div></td></tr></table>
</form>
<div class="smallfont">Powered by vBulletin&reg; Version 3.8.4<br />Copyright &copy;2000 - 2009,
Jelsoft Enterprises Ltd.</div>
<div>Copyright &copy; 2009 Wheels of the Valley</div>
</body></html>"""
