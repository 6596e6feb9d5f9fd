from paceline.administration import overview
from paceline.administration.overview import load_attention


def test_a_disk_that_is_nearly_full_needs_somebody(world, root, monkeypatch):
    def said() -> str:
        return " ".join(load_attention(root).sentences)

    monkeypatch.setattr(overview, "LITTLE_BYTES", 0)
    assert "The disk" not in said()

    monkeypatch.setattr(overview, "LITTLE_BYTES", 2**62)
    assert "The disk of the data folder has" in said()
