"""The Hub's HTTP API over a hub in memory, as far as the real client asks for it when publishing and fetching."""

import base64
import contextlib
import json
import re
import socket
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

import yaml
from loopback import LFS, Commit, Hub, Repo, git_hash, sha256

NAME = r"(?P<repo>[\w.-]+/[\w.-]+)"


class RefusedError(Exception):
    """An answer that is an error."""

    def __init__(self, status: int, message: str, code: str = "") -> None:
        super().__init__(message)
        self.status, self.message, self.code = status, message, code


class Handler(BaseHTTPRequestHandler):
    """One request: who asks, which route, the answer."""

    protocol_version = "HTTP/1.1"
    hub: Hub

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def do_GET(self) -> None:
        self._route("GET")

    def do_HEAD(self) -> None:
        self._route("HEAD")

    def do_POST(self) -> None:
        self._route("POST")

    def do_PUT(self) -> None:
        self._route("PUT")

    def _route(self, method: str) -> None:
        self.path_only = unquote(urlsplit(self.path).path)
        self.query = parse_qs(urlsplit(self.path).query)
        if fault := self.hub.fault(method, self.path_only, "slow"):
            threading.Event().wait(fault.value)
        if self.hub.fault(method, self.path_only, "cut") and method in ("PUT", "POST"):
            self.rfile.read(int(self.headers.get("Content-Length", 0)) // 2)
            self._break(method)
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if fault := self.hub.fault(method, self.path_only, "status"):
            self._answer(int(fault.value), b'{"error": "made to fail"}', fault.headers)
            return
        try:
            for pattern, verb, handle in ROUTES:
                if verb == method and (match := re.fullmatch(pattern, self.path_only)):
                    answer = handle(self, body, **match.groupdict())
                    break
            else:
                raise RefusedError(404, f"no such route: {method} {self.path_only}")
        except RefusedError as refusal:
            headers = {"X-Error-Message": refusal.message} | ({"X-Error-Code": refusal.code} if refusal.code else {})
            self._answer(refusal.status, json.dumps({"error": refusal.message}).encode(), headers)
            return
        if self.hub.fault(method, self.path_only, "after"):
            self._break(method)
        elif answer is not None:
            self._answer(200, json.dumps(answer).encode())

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None, sent: int | None = None) -> None:
        self.hub.log.append((self.command, self.path_only, status))
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        with contextlib.suppress(OSError):  # whoever asked may have hung up
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body[:sent])
                self.wfile.flush()
        if sent is not None:
            self._break(self.command)

    def _break(self, method: str) -> None:
        self.hub.log.append((method, self.path_only, 0))
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    @property
    def user(self) -> str | None:
        """Who asks, by the token."""
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if token and token not in self.hub.tokens:
            raise RefusedError(401, "Invalid credentials in Authorization header")
        return self.hub.tokens.get(token)

    def may_see(self, name: str) -> bool:
        """Tell whether there is a repository that the one who asks may see."""
        repo = self.hub.repos.get(name)
        return repo is not None and (not repo.private or self.user == name.split("/")[0])

    def seen(self, name: str) -> Repo:
        """Give a repository to whoever may see it."""
        repo, user = self.hub.repos.get(name), self.user
        if repo is None or not self.may_see(name):
            raise RefusedError(404 if user else 401, "Repository not found", "RepoNotFound")
        return repo

    def changed(self, name: str) -> Repo:
        """Give a repository to whoever may change it."""
        repo = self.seen(name)
        if self.user is None:
            raise RefusedError(401, "Unauthorized")
        if self.user != name.split("/")[0]:
            raise RefusedError(403, "You don't have the rights to change this repository")
        return repo

    def commit(self, name: str, revision: str) -> Commit:
        """Give a commit to whoever may see it."""
        found = self.seen(name).at(revision)
        if found is None:
            raise RefusedError(404, "Invalid rev id", "RevisionNotFound")
        return found


def whoami(handler, body):
    if handler.user is None:
        raise RefusedError(401, "Unauthorized")
    return {"name": handler.user, "type": "user", "orgs": []}


def create(handler, body):
    asked = json.loads(body)
    user = handler.user
    owner = asked.get("organization") or user
    if user is None:
        raise RefusedError(401, "Unauthorized")
    if owner != user:
        raise RefusedError(403, f"You don't have the rights to create a model under the namespace {owner}")
    name = f"{owner}/{asked['name']}"
    if name in handler.hub.repos:
        handler._answer(409, json.dumps({"url": f"{handler.hub.address}/{name}", "error": "exists"}).encode())
        return None
    handler.hub.create(name, private=asked.get("private") or asked.get("visibility") == "private")
    return {"url": f"{handler.hub.address}/{name}", "name": name}


def validate(handler, body):
    content = json.loads(body)["content"]
    header = yaml.safe_load(content.split("---\n")[1])
    errors = [key for key in ("license", "library_name", "base_model") if key not in header]
    return {"errors": [{"message": f"{key} is missing"} for key in errors], "warnings": []}


def preupload(handler, body, repo, revision):
    there = handler.changed(repo).commits[-1].files
    return {
        "files": [
            {
                "path": file["path"],
                "uploadMode": "lfs" if file["path"].endswith(LFS) else "regular",
                "shouldIgnore": False,
                "oid": _oid(file["path"], there[file["path"]]) if file["path"] in there else None,
            }
            for file in json.loads(body)["files"]
        ]
    }


def batch(handler, body, repo):
    handler.changed(repo)
    objects = json.loads(body)["objects"]
    return {
        "transfer": "basic",
        "objects": [
            {
                **wanted,
                **({} if wanted["oid"] in handler.hub.large else {"actions": _actions(handler.hub, wanted["oid"])}),
            }
            for wanted in objects
        ],
    }


def _actions(hub, oid):
    return {"upload": {"href": f"{hub.address}/large/{oid}"}, "verify": {"href": f"{hub.address}/large-verify"}}


def upload(handler, body, oid):
    if sha256(body) != oid:
        raise RefusedError(400, "the content does not have the hash that it was announced with")
    handler.hub.large[oid] = body
    return {}


def verify(handler, body):
    asked = json.loads(body)
    if len(handler.hub.large.get(asked["oid"], b"")) != asked["size"]:
        raise RefusedError(400, "the object is not there")
    return {}


def make_commit(handler, body, repo, revision):
    there = handler.changed(repo)
    lines = [json.loads(line) for line in body.splitlines()]
    header = lines[0]["value"]
    if header.get("parentCommit") not in (None, there.commits[-1].oid):
        raise RefusedError(412, "A commit has happened since. Please refresh and try again.")
    files = dict(there.commits[-1].files)
    for line in lines[1:]:
        value = line["value"]
        if line["key"] == "file":
            files[value["path"]] = base64.b64decode(value["content"])
        elif line["key"] == "lfsFile":
            if value["oid"] not in handler.hub.large:
                raise RefusedError(400, "the object was not uploaded")
            files[value["path"]] = handler.hub.large[value["oid"]]
        elif line["key"] == "deletedFile":
            del files[value["path"]]
    there.commits.append(Commit(handler.hub.new_oid(), files, header["summary"]))
    oid = there.commits[-1].oid
    return {"success": True, "commitOid": oid, "commitUrl": f"{handler.hub.address}/{repo}/commit/{oid}"}


def tag(handler, body, repo, revision):
    there, name = handler.changed(repo), json.loads(body)["tag"]
    if name in there.tags:
        raise RefusedError(409, "the tag is there already")
    there.tags[name] = handler.commit(repo, revision).oid
    return {}


def info(handler, body, repo, revision="main"):
    commit = handler.commit(repo, revision)
    there = handler.hub.repos[repo]
    siblings = [{"rfilename": name} for name in sorted(commit.files)]
    return {"id": repo, "modelId": repo, "sha": commit.oid, "private": there.private, "siblings": siblings, "tags": []}


def tree(handler, body, repo, revision):
    return [
        {
            "type": "file",
            "path": name,
            "size": len(content),
            "oid": git_hash(content),
            **(
                {"lfs": {"oid": sha256(content), "size": len(content), "pointerSize": 130}}
                if name.endswith(LFS)
                else {}
            ),
        }
        for name, content in sorted(handler.commit(repo, revision).files.items())
    ]


def refs(handler, body, repo):
    there = handler.seen(repo)
    return {
        "branches": [{"name": "main", "ref": "refs/heads/main", "targetCommit": there.commits[-1].oid}],
        "converts": [],
        "tags": [{"name": name, "ref": f"refs/tags/{name}", "targetCommit": oid} for name, oid in there.tags.items()],
    }


def resolve(handler, body, repo, revision, path):
    commit = handler.commit(repo, revision)
    if path not in commit.files:
        raise RefusedError(404, "Entry not found", "EntryNotFound")
    content = commit.files[path]
    method, hub = handler.command, handler.hub
    if hub.fault(method, handler.path_only, "truncate"):
        content = content[: len(content) // 2]
    headers = {"ETag": f'"{_oid(path, commit.files[path])}"', "X-Repo-Commit": commit.oid, "Accept-Ranges": "bytes"}
    if hub.fault(method, handler.path_only, "etag"):
        headers["ETag"] = f'"{"0" * 40}"'
    if hub.fault(method, handler.path_only, "commit"):
        headers["X-Repo-Commit"] = "f" * 40
    if hub.fault(method, handler.path_only, "cut"):
        handler._answer(200, content, headers, sent=len(content) // 2)
        return
    status, asked = 200, re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range", ""))
    if asked and int(asked[1]) < len(content):
        start, whole = int(asked[1]), len(content)
        status, content = 206, content[start:]
        headers["Content-Range"] = f"bytes {start}-{whole - 1}/{whole}"
    handler._answer(status, content, headers)
    return


def _oid(path: str, content: bytes) -> str:
    return sha256(content) if path.endswith(LFS) else git_hash(content)


def listing(handler, body):
    (owner,) = handler.query["author"]
    names = [name for name, repo in handler.hub.repos.items() if name.startswith(f"{owner}/")]
    return [{"id": name, "modelId": name, "tags": ["peft"]} for name in names if handler.may_see(name)]


REVISION = r"(?P<revision>[\w.-]+)"
ROUTES = [
    (r"/api/whoami-v2", "GET", whoami),
    (r"/api/repos/create", "POST", create),
    (r"/api/validate-yaml", "POST", validate),
    (rf"/api/models/{NAME}/preupload/{REVISION}", "POST", preupload),
    (rf"/{NAME}\.git/info/lfs/objects/batch", "POST", batch),
    (r"/large/(?P<oid>[0-9a-f]{64})", "PUT", upload),
    (r"/large-verify", "POST", verify),
    (rf"/api/models/{NAME}/commit/{REVISION}", "POST", make_commit),
    (rf"/api/models/{NAME}/tag/{REVISION}", "POST", tag),
    (r"/api/models", "GET", listing),
    (rf"/api/models/{NAME}", "GET", info),
    (rf"/api/models/{NAME}/revision/{REVISION}", "GET", info),
    (rf"/api/models/{NAME}/tree/{REVISION}", "GET", tree),
    (rf"/api/models/{NAME}/refs", "GET", refs),
    (rf"/{NAME}/resolve/{REVISION}/(?P<path>.+)", "GET", resolve),
    (rf"/{NAME}/resolve/{REVISION}/(?P<path>.+)", "HEAD", resolve),
]


class Server(ThreadingHTTPServer):
    """Answers in threads; a client that hangs up is no fault of the server's, and nothing to print."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent where a connection broke."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    """Let a hub answer on a free port of this machine."""
    handler = type("BoundHandler", (Handler,), {"hub": hub})
    server = Server(("127.0.0.1", 0), handler)
    hub.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
