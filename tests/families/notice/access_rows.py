from tests.access_table import Exempt

ROWS = [Exempt("notice:privacy", "The privacy notice: public, and of no family.")]
