from slf.embedded.addresses import broker_url, cache_url, database_settings, local_secret

GIVEN = {
    "DATABASE_URL": "postgres://slf_app:p%40ss@db.example:6432/families?sslmode=require",
    "REDIS_URL": "redis://:secret@redis.example:6379/0",
}


class TestWithoutAddresses:
    def test_the_service_uses_a_socket_and_the_role_that_owns_nothing(self, tmp_path):
        default = database_settings({}, tmp_path)["default"]
        assert (default["USER"], default["NAME"]) == ("slf_app", "slf")
        assert default["HOST"].startswith("/")

    def test_migrations_use_the_owner_of_the_same_database(self, tmp_path):
        databases = database_settings({}, tmp_path)
        assert databases["owner"]["USER"] == "slf_owner"
        assert databases["owner"]["HOST"] == databases["default"]["HOST"]

    def test_jobs_and_cache_share_the_server_but_not_the_numbered_database(self, tmp_path):
        assert broker_url({}, tmp_path).startswith("redis+socket:///")
        assert cache_url({}, tmp_path).endswith("?db=1")

    def test_an_empty_address_is_none(self, tmp_path):
        assert database_settings({"DATABASE_URL": ""}, tmp_path) == database_settings({}, tmp_path)


class TestWithAddresses:
    def test_every_part_of_the_address_is_used(self, tmp_path):
        default = database_settings(GIVEN, tmp_path)["default"]
        found = {name: default[name] for name in ("HOST", "PORT", "NAME", "USER", "PASSWORD")}
        assert found == {
            "HOST": "db.example",
            "PORT": "6432",
            "NAME": "families",
            "USER": "slf_app",
            "PASSWORD": "p@ss",
        }
        assert default["OPTIONS"]["sslmode"] == "require"

    def test_the_owner_is_unknown_where_its_password_is_not_given(self, tmp_path):
        assert "owner" not in database_settings(GIVEN, tmp_path)
        given = {**GIVEN, "DATABASE_OWNER_URL": "postgres://slf_owner:x@db.example/families"}
        assert database_settings(given, tmp_path)["owner"]["USER"] == "slf_owner"

    def test_clearing_the_cache_cannot_empty_the_queue(self, tmp_path):
        assert broker_url(GIVEN, tmp_path) == GIVEN["REDIS_URL"]
        assert cache_url(GIVEN, tmp_path) == "redis://:secret@redis.example:6379/1"


class TestTimeOuts:
    def test_a_statement_of_the_service_ends_after_ten_seconds(self, tmp_path):
        options = database_settings({}, tmp_path)["default"]["OPTIONS"]["options"]
        assert "-c statement_timeout=10000" in options
        assert "-c lock_timeout=5000" in options

    def test_a_worker_may_take_longer(self, tmp_path):
        options = database_settings({"SLF_STATEMENT_TIMEOUT_MS": "60000"}, tmp_path)["default"]["OPTIONS"]["options"]
        assert "-c statement_timeout=60000" in options


class TestALocalSecret:
    def test_is_made_once_and_only_its_owner_reads_it(self, tmp_path):
        first = local_secret(tmp_path, "SLF_SECRET_KEY")
        assert len(first) >= 50
        assert local_secret(tmp_path, "SLF_SECRET_KEY") == first
        kept = tmp_path / "secrets" / "slf_secret_key"
        assert kept.stat().st_mode & 0o777 == 0o600
        assert kept.parent.stat().st_mode & 0o777 == 0o700

    def test_differs_from_the_next(self, tmp_path):
        assert local_secret(tmp_path, "one") != local_secret(tmp_path, "two")
