package org.casewire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The pod with the operator's commands, which stands apart from the overlays because it is there only when needed. */
class OperatorsPodTest {

    private static final Path OPS = Folder.HERE.resolve("../ops").normalize();
    private static final List<Manifest> MANIFESTS =
            Folder.documents("ops", Folder.read(OPS.resolve("kubernetes.yaml"))).toList();

    private static Manifest one(String kind) {
        return MANIFESTS.stream()
                .filter(manifest -> manifest.isA(kind, "casewire-ops"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itsTypesKnowEveryField() {
        assertThat(MANIFESTS).hasSize(6).allSatisfy(manifest -> {
            assertThat(Kinds.faults(manifest)).isEmpty();
            assertThat(manifest.at("metadata", "namespace")).isEqualTo("casewire");
        });
    }

    @Test
    void whatItMountsIsWhatItsClientReads() throws Exception {
        Properties client = new Properties();
        client.load(new StringReader((String) one("ConfigMap").at("data", "client.properties")));
        Manifest pod = one("Pod");
        List<Object> mounts =
                Manifest.list(Manifest.list(pod.content(), "spec", "containers").getFirst(), "volumeMounts").stream()
                        .map(mount -> mount.get("mountPath"))
                        .toList();
        assertThat(mounts)
                .contains(
                        Path.of(client.getProperty("ssl.truststore.location"))
                                .getParent()
                                .toString(),
                        Path.of(client.getProperty("ssl.keystore.location"))
                                .getParent()
                                .toString());
        assertThat(pod.parts().map(part -> String.valueOf(part.get("secretName"))))
                .contains(one("KafkaUser").name(), "casewire-cluster-ca-cert");
        assertThat(Folder.read(Folder.HERE.resolve("base/settings.env"))
                        + Folder.read(Folder.HERE.resolve("overlays/production/settings.env")))
                .contains(client.getProperty("bootstrap.servers"));
    }

    @Test
    void itsUserMayReadAndWriteEveryTopicAndLookAtEveryGroup() {
        assertThat(Manifest.list(one("KafkaUser").content(), "spec", "authorization", "acls").stream()
                        .map(acl -> Map.entry(Manifest.at(acl, "resource", "name"), acl.get("operations"))))
                .containsExactly(
                        Map.entry("sms.", List.of("Read", "Write", "Describe")), Map.entry("*", List.of("Describe")));
    }

    @Test
    void itsImageHoldsEveryCommand() throws Exception {
        String image = Folder.read(Folder.HERE.resolve("../compose/image/ops.Dockerfile"));
        String build = Folder.read(Folder.HERE.resolve("../compose/build"));
        try (var files = Files.list(OPS)) {
            List<String> commands = files.filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                    .map(file -> file.getFileName().toString())
                    .toList();
            assertThat(commands).contains("dead-letters", "backlog").allSatisfy(command -> {
                assertThat(image).contains(" " + command + " ");
                assertThat(build).contains("$module/" + command);
            });
        }
    }
}
