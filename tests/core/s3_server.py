"""A local S3 (moto) on a free loopback port for tests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import boto3
from moto.server import ThreadedMotoServer


@contextmanager
def local_s3(bucket: str) -> Iterator[str]:
    """Start a server with an empty `bucket`; yield `s3://bucket?endpoint=...&region=...`; stop it."""
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_EC2_METADATA_DISABLED": "true"}
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    try:
        with patch.dict(os.environ, keys):
            client = boto3.client("s3", endpoint_url=endpoint, region_name="eu-west-2")
            client.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
            client.close()
            yield f"s3://{bucket}?endpoint={endpoint}&region=eu-west-2"
    finally:
        server.stop()
