"""Pages that show no posting, as people give them for one."""

_TITLES = ["Night Baker", "Day Baker", "Taster", "Oven Keeper", "Miller", "Driver", "Shop Lead", "Apprentice", "Controller", "Cook"]

LOGIN = """<title>Sign in</title><h1>Sign in to see who you already know at Dough</h1>
<form><label>Email<input></label><label>Password<input></label></form>
<p>By clicking Continue, you agree to the User Agreement, Privacy Policy, and Cookie Policy.
New here? Join now to see all the jobs that fit your skills and experience.</p>"""

SHELL = """<!doctype html><title>Careers</title><noscript>You need to enable JavaScript to run this app.</noscript>
<div id=root></div><script>start("requirements: 5 years of baking")</script>"""

WAIT = """<title>Just a moment...</title><h1>dough.example</h1><p>Checking your browser before you enter the site.
This takes a moment. Please allow cookies. Your request carries the number 7f3a.</p>"""

COOKIES = """<title>Night Baker</title><div>We value your privacy. We and our 833 partners keep information on your device,
such as cookies, and use it for advertisements that fit you. You have the right to object.</div>"""

LINKS = f"""<title>Careers</title><h1>Join Dough</h1><p>We bake for everyone. We are a remote-first company.</p>
<h2>Our benefits</h2><ul><li>25 days of paid vacation<li>Health insurance</ul><h2>Open positions</h2>
<ul>{"".join(f'<li><a href="https://dough.example/{title}">{title}</a> Lyon · Full-time · Remote' for title in _TITLES)}</ul>"""

TEASERS = "<title>Jobs</title><h1>10 jobs in Lyon</h1>" + "".join(
    f"""<article><h2>{title}</h2><p>Dough · Lyon · 30,000 - 35,000 EUR</p>
<p>We are looking for a {title}. You have 5+ years of experience...</p></article>"""
    for title in _TITLES
)

GONE = "<title>Not found</title><h1>The job you are looking for is no longer open.</h1><p>See our 24 open positions instead.</p>"

NEWS = f"<title>News</title><h1>Dough opens a mill</h1><p>{'The mill stands by the river and grinds all night. ' * 30}</p>"

PROGRAM = """<title>Ovenwatch</title><h1>Ovenwatch</h1><p>Ovenwatch watches the ovens of a bakery and writes their heat into a table.</p>
<h2>Requirements</h2><ul><li>Python 3.11 or newer<li>Docker<li>An oven with a port</ul>
<h2>Installing</h2><p>Run the command and open the page in a browser.</p>"""

PAGES_WITHOUT_POSTING = (LOGIN, SHELL, WAIT, COOKIES, LINKS, TEASERS, GONE, NEWS, PROGRAM, "<html></html>", "Hello.")
