"""What check-manifests does, with kubernetes-validate and PyYAML at hand. usage: check_manifests.py FOLDER"""
import pathlib
import re
import sys

import kubernetes_validate
import yaml
from kubernetes_validate.utils import all_versions

# Which files there are for Kubernetes, and of which kinds what is in them is.
KUBERNETES = {
    "kubernetes.yaml": ["PersistentVolumeClaim", "Deployment", "Service"],
    "kubernetes-secret.yaml": ["Secret"],
}
DURATION = r"(\d+h)?(\d+m)?(\d+s)?(\d+ms)?"
LABEL = r"[a-zA-Z_][a-zA-Z0-9_]*"
NAME = r"[a-z0-9]([-a-z0-9]*[a-z0-9])?"
# The fields of monitoring.coreos.com/v1 that a ServiceMonitor for us may have, with what their values look like. `*` is any key.
SERVICE_MONITOR = {
    "apiVersion": "monitoring.coreos.com/v1",
    "kind": "ServiceMonitor",
    "metadata": {"name": NAME, "namespace": NAME, "labels": {"*": r"[-\w.]*"}},
    "spec": {
        "jobLabel": r".+",
        "namespaceSelector": {"any": "True|False", "matchNames": [NAME]},
        "selector": {"matchLabels": {"*": r"[-\w.]*"}},
        "endpoints": [{
            "port": NAME,
            "path": r"/\S*",
            "scheme": "http|https",
            "interval": DURATION,
            "scrapeTimeout": DURATION,
            "honorLabels": "True|False",
            "relabelings": [{
                "action": "replace|keep|drop|labelmap|labeldrop|labelkeep",
                "sourceLabels": [LABEL],
                "separator": r".*",
                "regex": r".*",
                "targetLabel": LABEL,
                "replacement": r".*",
            }],
        }],
    },
}
NEEDED = ["apiVersion", "kind", "metadata.name", "spec.selector", "spec.endpoints"]


class OnceOnly(yaml.SafeLoader):
    """Refuses a key that stands there twice, as Kubernetes does."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"{key} stands there twice", node.start_mark)
        return super().construct_mapping(node, deep)


def faults(value, table, place=""):
    """What in a value is not as the table has it, a line each."""
    if isinstance(table, str):
        if isinstance(value, (dict, list)) or not re.fullmatch(table, str(value)):
            yield f"{place}: {value!r}, expected {table}"
    elif isinstance(table, list):
        if not isinstance(value, list):
            yield f"{place}: expected a list"
        else:
            for index, item in enumerate(value):
                yield from faults(item, table[0], f"{place}[{index}]")
    elif not isinstance(value, dict):
        yield f"{place}: expected fields"
    else:
        for key, item in value.items():
            field = f"{place}.{key}".lstrip(".")
            if key in table or "*" in table:
                yield from faults(item, table.get(key, table.get("*")), field)
            else:
                yield f"{field}: there is no such field"


def lacks(value, path):
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return not value


def documents(file):
    try:
        return list(yaml.load_all(file.read_text(), Loader=OnceOnly))
    except yaml.YAMLError as error:
        sys.exit(f"{file.name}: {error}")


def check_kubernetes(file, kinds):
    found = documents(file)
    if [document.get("kind") for document in found] != kinds:
        sys.exit(f"{file.name}: expected {', '.join(kinds)}")
    versions = all_versions()
    for version in (versions[0], versions[-1]):
        for document in found:
            try:
                kubernetes_validate.validate(document, version, strict=True)
            except kubernetes_validate.ValidationError as error:
                where = ".".join(map(str, error.path))
                sys.exit(f"{file.name}: {document['kind']}: {where}: {error.message} (Kubernetes {version})")
    print(f"{file.name}: {', '.join(kinds)}: as Kubernetes {versions[0]} and {versions[-1]} have them")


def check_service_monitor(file):
    found = documents(file)
    wrong = [line for document in found for line in faults(document, SERVICE_MONITOR)]
    wrong += [f"{path}: is missing" for document in found for path in NEEDED if lacks(document, path)]
    if wrong or len(found) != 1:
        sys.exit("\n".join(f"{file.name}: {line}" for line in wrong or ["expected one ServiceMonitor"]))
    print(f"{file.name}: ServiceMonitor: as the table has it")


def main():
    folder = pathlib.Path(sys.argv[1])
    for name, kinds in KUBERNETES.items():
        check_kubernetes(folder / name, kinds)
    check_service_monitor(folder / "servicemonitor.yaml")
    # Below the spec of a PrometheusRule, as servicemonitor.yaml says, nothing but groups may stand.
    for name, keys in {"alerts.yml": {"groups"}, "compose.yaml": {"services", "secrets", "volumes"}}.items():
        found = documents(folder / name)
        if len(found) != 1 or set(found[0]) != keys:
            sys.exit(f"{name}: expected {', '.join(sorted(keys))}, and nothing else")
    print("alerts.yml, compose.yaml: YAML, with the keys that they should have")


if __name__ == "__main__":
    main()
