from tests.courses.runtimes.h5p.test_in_a_browser import *
from tests.courses.runtimes.h5p.conftest import *
from tests.courses.conftest import *
def test_dbg(screen, token):
    cons=[]
    screen.page.on("console",lambda m: cons.append(m.text[:300]))
    screen.page.on("requestfailed",lambda r: cons.append((r.failure,r.url[-70:])))
    screen.page.on("response",lambda r: cons.append((r.status,r.url[-70:])))
    screen.show(token()); screen.page.wait_for_timeout(1500)
    print(screen.errors, cons, [f.url for f in screen.page.frames]); print(screen.page.frames[-1].evaluate("document.body.innerHTML")[:500])
    assert 0
