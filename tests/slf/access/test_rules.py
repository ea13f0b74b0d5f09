import pytest

from slf.access.rules import client_address

PROXY, CLIENT, CLAIMED = "10.0.0.1", "203.0.113.9", "198.51.100.7"


class TestWhereARequestCameFrom:
    @pytest.mark.parametrize(
        ("forwarded", "proxies", "found"),
        [
            pytest.param("", 0, PROXY, id="the other end, when nothing stands in front"),
            pytest.param(CLAIMED, 0, PROXY, id="not what the header says, when nothing stands in front"),
            pytest.param(CLIENT, 1, CLIENT, id="what the proxy in front wrote"),
            pytest.param(f"{CLAIMED}, {CLIENT}", 1, CLIENT, id="not what the client wrote before it"),
            pytest.param(f"{CLAIMED}, {CLIENT}, 10.0.0.2", 2, CLIENT, id="what the first of two proxies wrote"),
            pytest.param(CLIENT, 2, PROXY, id="the other end, when a proxy is missing from the header"),
            pytest.param("", 1, PROXY, id="the other end, when the header is missing"),
            pytest.param("unknown", 1, PROXY, id="the other end, when the header is no address"),
            pytest.param(f"{CLIENT}:4711", 1, CLIENT, id="without a port"),
            pytest.param("[2001:db8::7]:4711", 1, "2001:db8::7", id="of the sixth version, without a port"),
        ],
    )
    def test_is(self, forwarded, proxies, found):
        assert client_address(PROXY, forwarded, proxies=proxies) == found

    def test_is_nothing_over_a_socket(self):
        assert client_address("", "", proxies=0) is None
