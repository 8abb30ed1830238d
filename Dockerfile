FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_NO_CACHE=1 \
    UV_PYTHON_DOWNLOADS=never \
    PATH=/app/.venv/bin:$PATH

RUN pip install --no-cache-dir 'uv>=0.9,<1' && useradd --create-home mitra
WORKDIR /app

# The dependencies change less often than the code, so they are a layer of their own.
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-dev --no-install-project

COPY . .
RUN uv sync --locked --no-dev && install --directory --owner=mitra --mode=700 /app/.mitra

USER mitra
EXPOSE 8501
CMD ["mitra", "serve"]
