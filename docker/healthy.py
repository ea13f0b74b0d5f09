"""Health check of the web container: does the site answer for its own name?"""

import http.client
import os
import sys

host = os.environ.get("SLF_ALLOWED_HOSTS", "localhost").split(",")[0]
connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
connection.request("GET", "/healthz", headers={"Host": host})
sys.exit(0 if connection.getresponse().status == 200 else 1)
