"""Tables are made by the owner's connection and used by the application's."""


class OwnerMigrates:
    def allow_migrate(self, db, app_label, **hints):
        return db == "owner"
