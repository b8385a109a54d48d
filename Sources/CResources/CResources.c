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
static const unsigned char users[] = {
#embed "../netatmo-dashboard/Resources/netatmo-dashboard.conf"
};
static const unsigned char service[] = {
#embed "../netatmo-dashboard/Resources/netatmo-dashboard.service"
};
static const unsigned char prometheus[] = {
#embed "../netatmo-dashboard/Resources/prometheus.yml"
};

static const struct resource resources[] = {
    {"Containerfile", "builds a container image of the exporter", containerfile, sizeof containerfile},
    {"alerts.yml", "alert rules for Prometheus", alerts, sizeof alerts},
    {"compose.yaml", "the exporter and Prometheus in containers", compose, sizeof compose},
    {"grafana-dashboard.json", "a dashboard for Grafana 10 or newer", dashboard, sizeof dashboard},
    {"netatmo-dashboard.conf", "makes the user and the group of the service, for systemd-sysusers", users, sizeof users},
    {"netatmo-dashboard.service", "runs the exporter under systemd", service, sizeof service},
    {"prometheus.yml", "a configuration of Prometheus that scrapes the exporter", prometheus, sizeof prometheus},
};

size_t resource_count(void) {
    return sizeof resources / sizeof *resources;
}

struct resource resource_at(size_t index) {
    return resources[index < resource_count() ? index : 0];
}
