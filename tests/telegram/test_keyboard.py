from monitor.model import Button
from monitor.telegram.keyboard import keyboard


def test_no_buttons_are_no_keyboard() -> None:
    assert keyboard(()) is None


def test_each_button_has_its_row_unless_it_stands_beside_the_one_before() -> None:
    drawn = keyboard(
        (
            Button("a", data="a:1", is_beside=True),
            Button("b", "https://b.example/", is_beside=True),
            Button("c", data="c"),
        )
    )
    assert drawn is not None
    rows = [[(each.text, each.url, each.callback_data) for each in row] for row in drawn.inline_keyboard]
    assert rows == [[("a", None, "a:1"), ("b", "https://b.example/", None)], [("c", None, "c")]]
