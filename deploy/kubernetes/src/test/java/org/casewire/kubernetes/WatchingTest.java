package org.casewire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Prometheus' operator is told what a Prometheus without one is told. */
class WatchingTest {

    private static final Path PROMETHEUS = Folder.HERE.resolve("../observability/prometheus");
    private static final Path RULES = Folder.HERE.resolve("components/prometheus/rules.yaml");
    private static final String NAME = "app.kubernetes.io/name";

    private static final String HEAD = """
            # Made from deploy/observability/prometheus/rules.yaml: change that one, then
            # mvn -pl deploy/kubernetes -am test -Dtest=WatchingTest -Dsurefire.failIfNoSpecifiedTests=false -Dcontract.write
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata:
              name: casewire
              labels: {app.kubernetes.io/part-of: casewire}
            spec:
            """;

    @Test
    void theRulesAreTheOnesOfEveryPrometheus() throws IOException {
        String rules = Folder.read(PROMETHEUS.resolve("rules.yaml"));
        String wanted = HEAD + rules.substring(rules.indexOf("groups:")).indent(2);
        if (System.getProperty("contract.write") != null) {
            Files.writeString(RULES, wanted);
        }
        assertThat(Folder.read(RULES))
                .as("components/prometheus/rules.yaml is not what its first lines make of rules.yaml")
                .isEqualTo(wanted);
    }

    @Test
    void everyPodIsAskedForItsMetricsUnderTheNameTheRulesKnow() {
        Manifest monitor = part("components/prometheus", "PodMonitor", "casewire");
        Map<String, Object> plain = Folder.kustomization(PROMETHEUS.resolve("scrape.yaml"));
        List<Map<String, Object>> jobs = Manifest.list(plain, "scrape_configs");
        Map<String, Object> endpoint =
                Manifest.list(monitor.content(), "spec", "podMetricsEndpoints").getFirst();

        assertThat(monitor.at("spec", "jobLabel")).isEqualTo(NAME);
        assertThat(selected(monitor))
                .isEqualTo(jobs.stream().map(job -> job.get("job_name")).collect(Collectors.toSet()));
        assertThat(endpoint.get("interval")).isEqualTo(Manifest.at(plain, "global", "scrape_interval"));
        assertThat(jobs).allSatisfy(job -> assertThat(job.get("metrics_path")).isEqualTo(endpoint.get("path")));
        for (Manifest workload :
                Folder.manifests("base").stream().filter(Manifest::hasPods).toList()) {
            assertThat(workload.at("spec", "template", "metadata", "labels")).isEqualTo(Map.of(NAME, workload.name()));
            assertThat(selected(monitor)).contains(workload.name());
            assertThat(Manifest.list(workload.containers().getFirst(), "ports"))
                    .extracting(port -> port.get("name"))
                    .contains(endpoint.get("port"));
        }
    }

    @Test
    void whoWatchesMayReachThem() {
        Manifest policy = part("base", "NetworkPolicy", "metrics");
        Map<String, Object> rule =
                Manifest.list(policy.content(), "spec", "ingress").getFirst();

        assertThat(selected(policy)).isEqualTo(selected(part("components/prometheus", "PodMonitor", "casewire")));
        assertThat(Manifest.list(rule, "ports")).containsExactly(Map.of("port", "management"));
        assertThat(Manifest.list(rule, "from"))
                .extracting(from -> Manifest.at(from, "namespaceSelector", "matchLabels"))
                .containsExactly(Map.of("kubernetes.io/metadata.name", "monitoring"));
    }

    private static Manifest part(String folder, String kind, String name) {
        return Folder.manifests(folder).stream()
                .filter(one -> one.isA(kind, name))
                .findFirst()
                .orElseThrow();
    }

    /** The pods that a monitor or a policy is about. */
    private static Set<Object> selected(Manifest manifest) {
        Object selector = manifest.kind().equals("PodMonitor")
                ? manifest.at("spec", "selector")
                : manifest.at("spec", "podSelector");
        Map<String, Object> named = Manifest.list(selector, "matchExpressions").getFirst();
        assertThat(named).containsEntry("key", NAME).containsEntry("operator", "In");
        return Set.copyOf((List<?>) named.get("values"));
    }
}
