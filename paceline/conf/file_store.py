"""Where files are kept, from one setting: a folder, or a bucket of an S3 store."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from paceline.conf.environment import BadSetting

_NAME = "PACELINE_FILES"
_SHAPE = "s3://key:secret@host/bucket?region=…"


def storage_from(address: str, folder: Path) -> dict[str, Any]:
    """Django's description of the store: `folder` where no address is set.

    `s3://` speaks https, `s3+http://` speaks http; what follows the bucket in the path stands
    before every name. Without key and secret boto3 looks where it always does: in AWS_… of the
    environment, in its own files, or with the machine. Raises BadSetting.
    """
    if not address:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder), "base_url": "/media/"},
        }
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise BadSetting(f"{_NAME} needs the packages of the extra s3: paceline[s3].")
    from botocore.config import Config

    parts = urlsplit(address)
    bucket, _, prefix = unquote(parts.path).strip("/").partition("/")
    if parts.scheme not in ("s3", "s3+http") or not parts.hostname or not bucket:
        raise BadSetting(f"{_NAME} must look like {_SHAPE}.")
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise BadSetting(f"{_NAME} names a port that is none.") from error
    scheme = "http" if parts.scheme == "s3+http" else "https"
    region = parse_qs(parts.query).get("region", ["us-east-1"])[0]
    keys = {}
    if parts.username:
        keys = {"access_key": unquote(parts.username), "secret_key": unquote(parts.password or "")}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            **keys,
            "bucket_name": bucket,
            "location": prefix,
            "endpoint_url": f"{scheme}://{parts.hostname}{port}",
            "region_name": region,
            # A key is never written twice (media/store.py), so nothing need be asked before.
            "file_overwrite": True,
            "client_config": Config(
                # By path, which every store understands; AWS alone asks for names of hosts.
                s3={"addressing_style": "path"},
                signature_version="s3v4",
                connect_timeout=5,
                read_timeout=20,
                retries={"max_attempts": 2, "mode": "standard"},
                # Checksums that only AWS knows are sent where a store asks for them.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        },
    }
