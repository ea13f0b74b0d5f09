"""Health check of the web container: does the site answer for its own name?"""

import os
import sys
import urllib.request

host = os.environ.get("SLF_ALLOWED_HOSTS", "localhost").split(",")[0]
request = urllib.request.Request("http://127.0.0.1:8000/healthz", headers={"Host": host})
with urllib.request.urlopen(request, timeout=5) as answer:
    sys.exit(0 if answer.status == 200 else 1)
