"""The content origin without a server: keys of assets, origins, policies, media types."""

from courses.runtimes.delivery.rules.keys import asset_key, digest_in
from courses.runtimes.delivery.rules.media_types import is_shown, media_type, pays_to_pack
from courses.runtimes.delivery.rules.origins import OriginFault, is_host_of, origin_faults
from courses.runtimes.delivery.rules.packing import chosen_encoding, packed
from courses.runtimes.delivery.rules.policies import CLOSED_PERMISSIONS, content_policy
from courses.runtimes.delivery.rules.recent import Recent

__all__ = [
    "CLOSED_PERMISSIONS",
    "OriginFault",
    "Recent",
    "asset_key",
    "chosen_encoding",
    "content_policy",
    "digest_in",
    "is_host_of",
    "is_shown",
    "media_type",
    "origin_faults",
    "packed",
    "pays_to_pack",
]
