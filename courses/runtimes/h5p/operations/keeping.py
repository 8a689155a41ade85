"""Looking after installed libraries."""

from django.db import transaction

from courses.runtimes.h5p.errors import LibraryInUse
from courses.runtimes.h5p.models import Library
from courses.runtimes.h5p.queries import needed_by


def restrict_library(*, library: Library, is_restricted: bool) -> None:
    """Keep new content with this main library out, or let it in again; what is here plays on."""
    Library.objects.filter(pk=library.pk).update(is_restricted=is_restricted)


@transaction.atomic
def remove_library(*, library: Library) -> None:
    """Remove an installed library that nothing needs.

    Raises:
        LibraryInUse: content or another library needs it.
    """
    users = needed_by(Library.objects.select_for_update().get(pk=library.pk))
    if users:
        raise LibraryInUse(library=str(library), users=", ".join(users[:10]))
    library.delete()
