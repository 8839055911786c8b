"""Errors that come from the user's environment, told apart from bugs."""

from __future__ import annotations


class KnownError(Exception):
    """Something in the user's world went wrong and can be said in one sentence.

    ``code`` is a key of the message catalogue and ``params`` fill its placeholders, so the same
    error reads in Chinese and in English. Everything that is not a KnownError is a bug.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def with_params(self, **more: object) -> KnownError:
        """The same error with further parameters, such as the name of the file at hand."""
        return KnownError(self.code, **{**more, **self.params})

    def __str__(self) -> str:
        words = ", ".join(f"{k}={v}" for k, v in self.params.items())
        return f"{self.code} ({words})" if words else self.code
