#include "CResources.h"

// In C, since #embed costs the compiler nothing; an array of 50,000 numbers costs Swift's six to nine seconds.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char containerfile[] = {
#embed "../netatmo-dashboard/Resources/Containerfile"
};
static const unsigned char alerts[] = {
#embed "../netatmo-dashboard/Resources/alerts.yml"
};
static const unsigned char compose[] = {
#embed "../netatmo-dashboard/Resources/compose.yaml"
};
static const unsigned char dashboard[] = {
#embed "../netatmo-dashboard/Resources/grafana-dashboard.json"
};
static const unsigned char kubernetes[] = {
#embed "../netatmo-dashboard/Resources/kubernetes.yaml"
};
static const unsigned char kubernetes_secret[] = {
#embed "../netatmo-dashboard/Resources/kubernetes-secret.yaml"
};
static const unsigned char users[] = {
#embed "../netatmo-dashboard/Resources/netatmo-dashboard.conf"
};
static const unsigned char service[] = {
#embed "../netatmo-dashboard/Resources/netatmo-dashboard.service"
};
static const unsigned char socket_unit[] = {
#embed "../netatmo-dashboard/Resources/netatmo-dashboard.socket"
};
static const unsigned char prometheus[] = {
#embed "../netatmo-dashboard/Resources/prometheus.yml"
};
static const unsigned char service_monitor[] = {
#embed "../netatmo-dashboard/Resources/servicemonitor.yaml"
};

static const unsigned char topic_alerts[] = {
#embed "../netatmo-dashboard/Documentation/alerts.md"
};
static const unsigned char topic_attached_screens[] = {
#embed "../netatmo-dashboard/Documentation/attached-screens.md"
};
static const unsigned char topic_containers[] = {
#embed "../netatmo-dashboard/Documentation/containers.md"
};
static const unsigned char topic_control_socket[] = {
#embed "../netatmo-dashboard/Documentation/control-socket.md"
};
static const unsigned char topic_energy[] = {
#embed "../netatmo-dashboard/Documentation/energy.md"
};
static const unsigned char topic_exit_codes[] = {
#embed "../netatmo-dashboard/Documentation/exit-codes.md"
};
static const unsigned char topic_files[] = {
#embed "../netatmo-dashboard/Documentation/files.md"
};
static const unsigned char topic_history_export[] = {
#embed "../netatmo-dashboard/Documentation/history-export.md"
};
static const unsigned char topic_install[] = {
#embed "../netatmo-dashboard/Documentation/install.md"
};
static const unsigned char topic_netatmo_exporter[] = {
#embed "../netatmo-dashboard/Documentation/netatmo-exporter.md"
};
static const unsigned char topic_options[] = {
#embed "../netatmo-dashboard/Documentation/options.md"
};
static const unsigned char topic_paths[] = {
#embed "../netatmo-dashboard/Documentation/paths.md"
};
static const unsigned char topic_prometheus[] = {
#embed "../netatmo-dashboard/Documentation/prometheus.md"
};
static const unsigned char topic_screen[] = {
#embed "../netatmo-dashboard/Documentation/screen.md"
};
static const unsigned char topic_scripts[] = {
#embed "../netatmo-dashboard/Documentation/scripts.md"
};
static const unsigned char topic_series[] = {
#embed "../netatmo-dashboard/Documentation/series.md"
};
static const unsigned char topic_service[] = {
#embed "../netatmo-dashboard/Documentation/service.md"
};
static const unsigned char topic_sign_in[] = {
#embed "../netatmo-dashboard/Documentation/sign-in.md"
};
static const unsigned char topic_status_json[] = {
#embed "../netatmo-dashboard/Documentation/status-json.md"
};
static const unsigned char topic_token_file[] = {
#embed "../netatmo-dashboard/Documentation/token-file.md"
};
static const unsigned char topic_web_config[] = {
#embed "../netatmo-dashboard/Documentation/web-config.md"
};

static const struct resource resources[] = {
    {"Containerfile", "builds a container image of the exporter, out of its package", containerfile, sizeof containerfile},
    {"alerts.yml", "alert rules for Prometheus", alerts, sizeof alerts},
    {"compose.yaml", "the exporter and Prometheus in containers", compose, sizeof compose},
    {"grafana-dashboard.json", "a dashboard for Grafana 10 or newer", dashboard, sizeof dashboard},
    {"kubernetes-secret.yaml", "the form of the secret that kubernetes.yaml reads", kubernetes_secret, sizeof kubernetes_secret},
    {"kubernetes.yaml", "the exporter in Kubernetes", kubernetes, sizeof kubernetes},
    {"netatmo-dashboard.conf", "makes the user and the group of the service, for systemd-sysusers", users, sizeof users},
    {"netatmo-dashboard.service", "runs the exporter under systemd", service, sizeof service},
    {"netatmo-dashboard.socket", "lets systemd listen for the service, where that is wanted", socket_unit, sizeof socket_unit},
    {"prometheus.yml", "a configuration of Prometheus that scrapes the exporter", prometheus, sizeof prometheus},
    {"servicemonitor.yaml", "lets Prometheus's operator in Kubernetes scrape the exporter", service_monitor, sizeof service_monitor},
};

static const struct resource topics[] = {
    {"alerts", "what to be told of, and how it reaches you", topic_alerts, sizeof topic_alerts},
    {"attached-screens", "screens that show an engine which runs already", topic_attached_screens, sizeof topic_attached_screens},
    {"containers", "podman, docker and Kubernetes", topic_containers, sizeof topic_containers},
    {"control-socket", "the protocol by which programs ask an engine", topic_control_socket, sizeof topic_control_socket},
    {"energy", "rooms, thermostats and valves of NetAtmo Energy", topic_energy, sizeof topic_energy},
    {"exit-codes", "exit codes, and what signals do", topic_exit_codes, sizeof topic_exit_codes},
    {"files", "the files that it reads and writes, and the log", topic_files, sizeof topic_files},
    {"history-export", "years of measurements, for other programs", topic_history_export, sizeof topic_history_export},
    {"install", "packages, building, and a Raspberry Pi", topic_install, sizeof topic_install},
    {"netatmo-exporter", "moving from netatmo-exporter", topic_netatmo_exporter, sizeof topic_netatmo_exporter},
    {"options", "options, variables and the configuration file", topic_options, sizeof topic_options},
    {"paths", "the exporter's paths, its page and its limits", topic_paths, sizeof topic_paths},
    {"prometheus", "scraping, rules for alerts, and Grafana", topic_prometheus, sizeof topic_prometheus},
    {"screen", "what the dashboard shows, its keys and its words", topic_screen, sizeof topic_screen},
    {"scripts", "status and --plain, for programs and pipes", topic_scripts, sizeof topic_scripts},
    {"series", "the series of /metrics", topic_series, sizeof topic_series},
    {"service", "the exporter under systemd", topic_service, sizeof topic_service},
    {"sign-in", "signing in, and who may", topic_sign_in, sizeof topic_sign_in},
    {"status-json", "the JSON of /api/status", topic_status_json, sizeof topic_status_json},
    {"token-file", "the token's file, and what it survives", topic_token_file, sizeof topic_token_file},
    {"web-config", "TLS and passwords for what listens", topic_web_config, sizeof topic_web_config},
};

size_t resource_count(void) {
    return sizeof resources / sizeof *resources;
}

struct resource resource_at(size_t index) {
    return resources[index < resource_count() ? index : 0];
}

size_t topic_count(void) {
    return sizeof topics / sizeof *topics;
}

struct resource topic_at(size_t index) {
    return topics[index < topic_count() ? index : 0];
}
