package org.casewire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each document by itself: what Kubernetes takes, and no more than it needs. */
class ManifestsTest {

    static Stream<Manifest> manifests() {
        return Folder.manifests().stream();
    }

    static Stream<Manifest> workloads() {
        return manifests().filter(one -> one.hasPods() && !isAPatch(one));
    }

    private static boolean isAPatch(Manifest manifest) {
        return manifest.at("spec", "selector") == null;
    }

    private static Manifest changed(String... path) {
        Manifest deployment = Folder.documents(
                        "changed", Folder.read(Folder.HERE.resolve("base/outbound-service.yaml")))
                .findFirst()
                .orElseThrow();
        Object place = deployment.content();
        for (String step : path) {
            place = place instanceof List<?> list ? list.getFirst() : Manifest.at(place, step);
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> map = (Map<String, Object>) place;
        map.put("replicaz", 3);
        return deployment;
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void itsTypeKnowsEveryField(Manifest manifest) {
        assertThat(Kinds.faults(manifest)).isEmpty();
    }

    @Test
    void aFieldThatNoTypeKnowsIsAFault() {
        assertThat(Kinds.faults(changed("spec"))).singleElement().asString().contains("replicaz");
        assertThat(Kinds.faults(changed("spec", "template", "spec", "containers", "first", "livenessProbe")))
                .singleElement()
                .asString()
                .contains("replicaz");
    }

    @Test
    void aFieldThatAnOperatorDoesNotKnowIsAFault() {
        Manifest cluster = Folder.manifests("components/cloudnative-pg").getFirst();
        cluster.content().put("instances", 3);
        assertThat(Kinds.faults(cluster)).isNotEmpty();
        Manifest topic = Folder.documents("topic", """
                        apiVersion: kafka.strimzi.io/v1
                        kind: KafkaTopic
                        metadata: {name: sms.outbound}
                        spec: {partitionz: 12}
                        """).findFirst().orElseThrow();
        assertThat(Kinds.faults(topic)).singleElement().asString().contains("partitionz");
        Manifest monitor = Folder.documents("monitor", """
                        apiVersion: monitoring.coreos.com/v1
                        kind: PodMonitor
                        metadata: {name: casewire}
                        spec: {podMetricsEndpoints: [{port: management, pathh: /actuator/prometheus}]}
                        """).findFirst().orElseThrow();
        assertThat(Kinds.faults(monitor)).anySatisfy(fault -> assertThat(fault).contains("pathh"));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void aPodMayDoNothingItNeedNot(Manifest workload) {
        Object pod = workload.pod();
        assertThat(Manifest.at(pod, "automountServiceAccountToken")).isEqualTo(false);
        assertThat(Manifest.at(pod, "securityContext", "runAsNonRoot")).isEqualTo(true);
        assertThat(Manifest.at(pod, "securityContext", "seccompProfile", "type"))
                .isEqualTo("RuntimeDefault");
        assertThat(workload.containers()).isNotEmpty().allSatisfy(container -> {
            Object context = container.get("securityContext");
            assertThat(Manifest.at(context, "allowPrivilegeEscalation")).isEqualTo(false);
            assertThat(Manifest.at(context, "readOnlyRootFilesystem")).isEqualTo(true);
            assertThat(Manifest.at(context, "capabilities", "drop")).isEqualTo(List.of("ALL"));
            assertThat(Manifest.at(context, "capabilities", "add")).isNull();
            assertThat(Manifest.at(container, "resources", "limits", "memory")).isNotNull();
            assertThat(Manifest.at(container, "resources", "requests", "cpu")).isNotNull();
            assertThat(container.get("readinessProbe")).isNotNull();
        });
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void whatIsMountedIsThere(Manifest workload) {
        Stream<String> volumes =
                Manifest.list(workload.pod(), "volumes").stream().map(one -> (String) one.get("name"));
        Stream<String> claims = Manifest.list(workload.content(), "spec", "volumeClaimTemplates").stream()
                .map(one -> (String) Manifest.at(one, "metadata", "name"));
        List<String> named = Stream.concat(volumes, claims).toList();
        assertThat(workload.containers().stream()
                        .flatMap(container -> Manifest.list(container, "volumeMounts").stream())
                        .map(mount -> (String) mount.get("name")))
                .isNotEmpty()
                .isSubsetOf(named);
    }

    @Test
    void nothingMayTalkUnlessItIsNamed() {
        assertThat(Folder.manifests("base").stream().filter(one -> one.isA("NetworkPolicy", "default-deny")))
                .singleElement()
                .satisfies(policy -> {
                    assertThat(policy.at("spec", "podSelector")).isEqualTo(Map.of());
                    assertThat(policy.at("spec", "policyTypes")).isEqualTo(List.of("Ingress", "Egress"));
                    assertThat(policy.at("spec", "ingress")).isNull();
                    assertThat(policy.at("spec", "egress")).isNull();
                });
    }
}
