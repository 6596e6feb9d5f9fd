from pathlib import Path

import pytest

from paceline.conf.environment import BadSetting
from paceline.conf.file_store import storage_from

FOLDER = Path("/somewhere/media")


def test_files_are_kept_in_the_data_folder_unless_said_otherwise():
    assert storage_from("", FOLDER)["OPTIONS"]["location"] == "/somewhere/media"


def test_an_address_names_all_that_an_s3_store_needs():
    found = storage_from("s3://key:se%2Fcret@s3.example:9000/bucket/board?region=eu-1", FOLDER)

    options = found["OPTIONS"]
    assert options["endpoint_url"] == "https://s3.example:9000"
    assert (options["access_key"], options["secret_key"]) == ("key", "se/cret")
    assert (options["bucket_name"], options["location"]) == ("bucket", "board")
    assert options["region_name"] == "eu-1"


def test_without_keys_and_in_the_clear():
    options = storage_from("s3+http://127.0.0.1/bucket", FOLDER)["OPTIONS"]

    assert options["endpoint_url"] == "http://127.0.0.1"
    assert options["location"] == ""
    assert "access_key" not in options


@pytest.mark.parametrize(
    "address", ["s3://", "s3://host", "s3://host/", "https://host/bucket", "s3://host:x/bucket"]
)
def test_an_address_that_is_none_stops_the_start_with_a_sentence(address):
    with pytest.raises(BadSetting, match="PACELINE_FILES"):
        storage_from(address, FOLDER)
