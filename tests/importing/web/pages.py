"""Pages and pictures of our own making."""

import io

from PIL import Image

WORDS = (
    "Паромная переправа через Ветлянку снова открыта после ремонта, сообщили в управлении порта.",
    "Первый рейс отправился в шесть утра и перевёз сорок машин, а к полудню очередь исчезла совсем.",
    "До осени паром будет ходить каждые два часа, ночью по заявкам, говорит начальник переправы.",
    "Жители левого берега ждали этого с марта, когда лёд повредил опоры старого причала у мельницы.",
)


def png(colour: str = "navy", size: tuple[int, int] = (120, 80), noise: bool = True) -> bytes:
    """A picture that is no mere placeholder by its size in bytes."""
    image = Image.effect_noise(size, 90).convert("RGB") if noise else Image.new("RGB", size, colour)
    image.putpixel((0, 0), Image.new("RGB", (1, 1), colour).getpixel((0, 0)))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def page(*images: str, title: str = "Паром вернулся", head: str = "", words: tuple[str, ...] = WORDS) -> str:
    """A news page with its pictures between the paragraphs."""
    body = f"<p>{words[0]}</p>" + "".join(f"<p>{image}</p>" for image in images)
    body += "".join(f"<p>{line}</p>" for line in words[1:])
    return (
        f'<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><nav><a href='/'>Главная</a></nav><article><h1>{title}</h1>{body}</article></body></html>"
    )
