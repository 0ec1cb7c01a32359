"""What loads later must load all the same, in the real program, when it is asked for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

_THEN = (
    "import sys\nfrom kcs import __main__ as start\nsys.argv = ['kcs', '--version']\nstart._leave = print\n"
    "try:\n    start.main()\nexcept SystemExit as end:\n    assert not end.code\n{}"
)


def told(code: str, env: Mapping[str, str], cwd: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _THEN.format(code)], env=dict(env), cwd=cwd, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("print(type(sys.modules['subprocess']).__name__)", "Later"),
        ("import subprocess; print(subprocess.run(['true']).returncode, type(sys.modules['subprocess']).__name__)", "0 module"),
        ("from subprocess import PIPE, CalledProcessError; print(PIPE, CalledProcessError.__name__)", "-1 CalledProcessError"),
        ("import shutil; print(shutil.which('no such program'))", "None"),
        ("import typer.main; print(typer.main.platform.system() != '', typer.main.subprocess.DEVNULL)", "True -3"),
        ("import linecache; print(linecache.getline(start.__file__, 1).startswith('\"'))", "True"),
        ("import subprocess\ntry:\n    subprocess.nothing\nexcept AttributeError as error:\n    print(error)",
         "module 'subprocess' has no attribute 'nothing'"),
        ("import traceback; print(traceback.format_exception(ValueError('x'))[-1].strip())", "ValueError: x"),
        ("import whoosh.compat; print('http' in sys.modules, whoosh.compat.urlretrieve.__name__)", "False urlretrieve"),
        ("from kcs.search.engines import whoosh_writer; import html.parser; from whoosh import compat;"
         " print(compat.htmlescape('<'), html.unescape('&lt;'), html.parser.HTMLParser.__name__)", "&lt; < HTMLParser"),
        ("import kcs.search.engines.whoosh_writer; print({'html', 'whoosh.filedb.structfile', 'whoosh.util.varints'} & {*sys.modules})", "set()"),
        ("from urllib.request import urlretrieve; print(open(urlretrieve('data:,x')[0]).read(),"
         " type(sys.modules['urllib.request']).__name__)", "x module"),
        ("import urllib.request; print(urllib.request.Request('http://a.b/').host, type(urllib.request).__name__)", "a.b module"),
        ("from urllib.request import Request, urlopen; print(Request.__name__, urlopen.__name__)", "Request urlopen"),
        ("import urllib.parse; print(urllib.parse.urlsplit('http://[::1]:80/').port)", "80"),
        ("import pathlib; print(pathlib.PurePosixPath('/a b').as_uri(), type(sys.modules['urllib.parse']).__name__)",
         "file:///a%20b module"),
        ("from urllib.parse import quote, unquote; print(quote('a b'), unquote('a%20b'))", "a%20b a b"),
        ("import typer; print(typer.get_terminal_size((7, 8)).lines > 0)", "True"),
        ("import typer.core; print(typer.core.get_close_matches('serch', ['search', 'list']), typer.core._('Options'))",
         "['search'] Options"),
        ("import difflib; print(difflib.SequenceMatcher(None, 'ab', 'ab').ratio())", "1.0"),
        ("import whoosh.filedb.filetables as tables; print('_hashlib' in sys.modules, tables.md5_hash(b'a'))", "False 1769416289"),
        ("import hashlib; print(hashlib.md5(b'').hexdigest()[:4], hashlib.sha256(b'').hexdigest()[:4], type(sys.modules['hashlib']).__name__)",
         "d41d e3b0 module"),
        ("from hashlib import new, sha1; print(new('sha1', b'').digest() == sha1(b'').digest())", "True"),
        ("import inspect; print(inspect.getsource(start.Later)[:11])", "class Later"),
        ("import ast; names = type('Names', (ast.NodeVisitor,), {'visit_Name': lambda _, node: print(node.id)});"
         " names().visit(ast.parse('if x: [y]'))", "y"),
        ("import dis; dis.opmap; print(dis.COMPILER_FLAG_NAMES == sys.modules['dis'].COMPILER_FLAG_NAMES)", "True"),
        ("import string; string.Template; new = sys.modules['string']; print(new is not string and (string.ascii_letters,"
         " string.digits, string.hexdigits) == (new.ascii_letters, new.digits, new.hexdigits))", "True"),
        ("import threading; one = threading.Thread(target=print, args=['x']); one.start(); one.join();"
         " print(threading.local is sys.modules['threading'].local, threading.active_count())", "True 1"),
        ("import typer.main; from traceback import StackSummary; print(typer.main.StackSummary.from_list([]), StackSummary.__name__)",
         "[] StackSummary"),
        ("import ntpath; print(ntpath.join('a', 'b'), type(sys.modules['ntpath']).__name__)", "a\\b module"),
        ("import pathlib; print(pathlib.PureWindowsPath('C:/a') / 'b')", "C:\\a\\b"),
        ("import typer.completion; print(typer.completion.shell_complete.__name__)", "shell_complete"),
        ("import io, pickle; file = io.BytesIO(); pickle.dump(7, file); file.seek(0); print(pickle.load(file), pickle.loads(pickle.dumps(8)),"
         " type(sys.modules['pickle']).__name__)", "7 8 module"),
        ("import random, queue; print(0 <= random.random() < 1, queue.Queue().empty())", "True True"),
        ("import jinja2; print(jinja2.Template('a{{ b }}').render(b=1))", "a1"),
        ("import typing, typer; print([one for one in vars(typer) if 'Annotated' in one], {vars(one)['Annotated'] is typing.Annotated"
         " for one in list(sys.modules.values()) if 'Annotated' in vars(one)})", "[] {True}"),
        ("import typing; print(typing.get_type_hints(type('A', (), {'__annotations__': {'a': typing.Optional['int']}}))"
         " == {'a': typing.Optional[int]})", "True"),
        ("import uuid, typer.main; print(type(uuid).__name__, uuid.UUID(int=0).hex[:4])", "module 0000"),
    ],
)  # fmt: skip
def test_it_is_there_when_it_is_asked_for(
    code: str, answer: str, kcs_env: dict[str, str], tmp_path: Path
) -> None:
    assert told(code, kcs_env, tmp_path) == answer


def test_what_stands_for_a_module_has_all_that_the_module_has(
    kcs_env: dict[str, str], tmp_path: Path
) -> None:
    code = (
        "from kcs.standins import Later, _loaded, _Taken\n"
        "stood = {name: one for name, one in sys.modules.items() if isinstance(one, Later)}\n"
        "other = lambda given, real, name: given is not real and given != real and not (type(given) is _Taken and given._name == name)\n"
        "wrong = [(name, one) for name, later in stood.items() for real in [_loaded(later)] for one in dir(real)\n"
        "         if one[:2] != '__' and other(getattr(later, one), getattr(real, one), one)]\n"
        "print(len(stood) > 10, [one for one in wrong if one != ('ast', 'NodeVisitor')])"
    )
    assert told(code, kcs_env, tmp_path) == "True []"


# What each of these is loaded by: the module itself, the entry point, a command.
@pytest.mark.parametrize("module", ["kcs.streams", "kcs.cli.main", "typer", "kcs.cli.list_articles"])
def test_interrupted_while_it_loads(module: str, kcs_env: dict[str, str], tmp_path: Path) -> None:
    code = (
        "import sys\nclass Interrupt:\n    def find_spec(self, name, *rest):\n"
        f"        if name == {module!r}: raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupt())\nsys.argv = ['kcs', 'list']\n"
        "from kcs.__main__ import main\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=kcs_env, cwd=tmp_path, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
