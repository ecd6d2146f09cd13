"""A hub in memory: repositories with commits and tags, who may see and change them. `loopback_http` speaks for it."""

import hashlib
import itertools
from dataclasses import dataclass, field

LFS = (".safetensors",)
"""Suffixes of files that go the way of large files."""


@dataclass
class Commit:
    """A commit: its hash and all files of it."""

    oid: str
    files: dict[str, bytes]
    message: str


@dataclass
class Repo:
    """A repository: its commits in order, its tags."""

    private: bool
    commits: list[Commit]
    tags: dict[str, str] = field(default_factory=dict)

    def at(self, revision: str) -> Commit | None:
        """Give the commit of a branch, tag or hash."""
        if revision == "main":
            return self.commits[-1]
        oid = self.tags.get(revision, revision)
        return next((commit for commit in self.commits if commit.oid == oid), None)


@dataclass
class Fault:
    """Something that goes wrong `times` times at requests of a method whose path contains `path`.

    `kind`: status (`value` is the code), cut (the connection breaks in the middle of the body), slow (`value` seconds),
    etag, commit (other headers than the truth), truncate (half of the file, as if it were whole), after (the request is
    carried out, then the connection breaks).
    """

    kind: str
    method: str
    path: str
    times: int = 1
    value: float = 0
    headers: dict[str, str] = field(default_factory=dict)


class Hub:
    """The state of the hub, the faults still to happen, a log of (method, path, status), the pauses that were made."""

    def __init__(self) -> None:
        self.repos: dict[str, Repo] = {}
        self.large: dict[str, bytes] = {}
        self.tokens = {"hf_maria_token": "maria", "hf_boris_token": "boris"}
        self.faults: list[Fault] = []
        self.log: list[tuple[str, str, int]] = []
        self.waits: list[float] = []
        self.address = ""
        self._numbers = itertools.count(1)

    def create(self, name: str, *, private: bool = False, files: dict[str, bytes] | None = None) -> Repo:
        """Make a repository with its first commit."""
        first = Commit(
            self.new_oid(), {".gitattributes": b"*.safetensors filter=lfs\n", **(files or {})}, "initial commit"
        )
        self.repos[name] = Repo(private, [first])
        return self.repos[name]

    def new_oid(self) -> str:
        """Give the hash of another commit."""
        return hashlib.sha1(b"commit %d" % next(self._numbers)).hexdigest()

    def fail(self, kind: str, method: str, path: str, **more) -> None:
        """Let something go wrong."""
        self.faults.append(Fault(kind, method, path, **more))

    def fault(self, method: str, path: str, *kinds: str) -> Fault | None:
        """Take the fault that is to happen at a request now."""
        for fault in self.faults:
            if fault.kind in kinds and fault.method == method and fault.path in path and fault.times > 0:
                fault.times -= 1
                return fault
        return None

    def calls(self, method: str, path: str) -> int:
        """Count the requests of a method whose path contains something."""
        return sum(logged == method and path in where for logged, where, _ in self.log)


def git_hash(content: bytes) -> str:
    """Give git's hash of a file's content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def sha256(content: bytes) -> str:
    """Give the hash that large files go by."""
    return hashlib.sha256(content).hexdigest()
