"""Pictures and documents of the demonstration in Wagtail's library."""

from pathlib import Path
from typing import Any

from django.core.files import File
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from home.demo.content import MEDIA


class Media:
    """The library of one load: each file is stored once, in the collection it is first used in."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}

    def image(self, file_name: str, *, title: str, alt: str, collection: str) -> Any:
        """The picture of a drawing; ``file_name`` is that of the SVG, its PNG is stored."""
        drawing = Path(file_name).with_suffix(".png").name
        if drawing not in self._kept:
            self._kept[drawing] = self._store(
                get_image_model()(title=title, description=alt), drawing, collection
            )
        return self._kept[drawing]

    def document(self, file_name: str, *, title: str, collection: str) -> Any:
        """A video, captions or a file to download."""
        if file_name not in self._kept:
            self._kept[file_name] = self._store(
                get_document_model()(title=title), file_name, collection
            )
        return self._kept[file_name]

    def _store(self, item: Any, file_name: str, collection: str) -> Any:
        with (MEDIA / file_name).open("rb") as content:
            item.collection = _collection(collection)
            item.file = File(content, name=file_name)
            item.file_size = (MEDIA / file_name).stat().st_size
            item.save()
        return item


def _collection(name: str) -> Collection:
    """The collection of this name below the root."""
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=name).first() or root.add_child(name=name)
