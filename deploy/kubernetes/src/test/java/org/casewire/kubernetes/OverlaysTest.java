package org.casewire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Kustomize makes of the parts, and that none of them is missing or left over. */
class OverlaysTest {

    /** Made by an operator, or by hand as deploy/README.md says. */
    private static final Set<String> SECRETS_OF_OTHERS = Set.of(
            "casewire-cluster-ca-cert",
            "casewire-tls",
            "casewire-mail",
            "casewire-documents",
            "casewire-twilio",
            "casewire-quarantine",
            "casewire-outbound-db",
            "casewire-routing-db",
            "casewire-notification-db",
            "casewire-postgres-admin",
            "casewire-identity",
            "casewire-twin");

    @TempDir
    Path temporary;

    static Stream<Path> kustomizations() {
        return Folder.kustomizations().stream();
    }

    static Stream<String> overlays() {
        return Folder.OVERLAYS.stream();
    }

    private static Stream<String> named(Map<String, Object> kustomization) {
        Stream<String> plain = Stream.of("resources", "components").flatMap(list -> strings(kustomization.get(list)));
        Stream<String> patches = Manifest.list(kustomization, "patches").stream()
                .filter(patch -> patch.containsKey("path"))
                .map(patch -> (String) patch.get("path"));
        Stream<String> generated = Manifest.list(kustomization, "configMapGenerator").stream()
                .flatMap(map -> Stream.of("envs", "files").flatMap(list -> strings(map.get(list))));
        return Stream.of(plain, patches, generated).flatMap(part -> part);
    }

    @SuppressWarnings("unchecked")
    private static Stream<String> strings(Object list) {
        return list == null ? Stream.of() : ((List<String>) list).stream();
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void whatIsNamedIsThereAndWhatIsThereIsNamed(Path file) throws IOException {
        Set<String> named = new HashSet<>(named(Folder.kustomization(file)).toList());
        assertThat(named)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(file.resolveSibling(name)).exists());
        try (Stream<Path> there = Files.list(file.getParent())) {
            assertThat(there.map(one -> one.getFileName().toString())
                            .filter(name -> !name.equals("kustomization.yaml")))
                    .isSubsetOf(named);
        }
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void aPatchChangesWhatIsThere(Path file) {
        Set<String> there = new HashSet<>();
        Folder.manifests("base").forEach(one -> there.add(one.kind() + " " + one.name()));
        Manifest.list(Folder.kustomization(file), "patches").forEach(patch -> {
            if (patch.get("target") instanceof Map<?, ?> target) {
                assertThat(there).contains(target.get("kind") + " " + target.get("name"));
            } else if (patch.containsKey("path")) {
                Folder.documents("patch", Folder.read(file.resolveSibling((String) patch.get("path"))))
                        .forEach(one -> assertThat(there).contains(one.kind() + " " + one.name()));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void anOverlayIsWhole(String overlay) throws IOException, InterruptedException {
        List<Manifest> built = built(overlay);
        assertThat(built)
                .hasSizeGreaterThan(30)
                .allSatisfy(one -> assertThat(Kinds.faults(one)).isEmpty());
        assertThat(built.stream().filter(one -> !one.kind().equals("Namespace")))
                .allSatisfy(one -> assertThat(one.at("metadata", "namespace")).isEqualTo("casewire"));
        assertThat(built.stream().map(one -> one.kind() + " " + one.name())).doesNotHaveDuplicates();
        requireNoLooseEnds(built);
    }

    /** What a pod is given by name exists, or is one of the secrets that are made outside. */
    private static void requireNoLooseEnds(List<Manifest> built) {
        Set<String> configMaps = new HashSet<>();
        Set<String> secrets = new HashSet<>(SECRETS_OF_OTHERS);
        built.stream().filter(one -> one.kind().equals("ConfigMap")).forEach(one -> configMaps.add(one.name()));
        built.stream().filter(one -> one.kind().equals("KafkaUser")).forEach(one -> secrets.add(one.name()));
        built.stream().filter(Manifest::hasPods).flatMap(Manifest::parts).forEach(part -> {
            for (String reference : List.of("configMapRef", "configMap")) {
                if (part.get(reference) instanceof Map<?, ?> map) {
                    assertThat(configMaps).contains((String) map.get("name"));
                }
            }
            for (String reference : List.of("secret", "secretKeyRef")) {
                if (part.get(reference) instanceof Map<?, ?> map) {
                    Object name = map.containsKey("name") ? map.get("name") : map.get("secretName");
                    assertThat(secrets).contains((String) name);
                }
            }
        });
    }

    private List<Manifest> built(String overlay) throws IOException, InterruptedException {
        Path output = temporary.resolve(overlay + ".yaml");
        int code = run(output, Map.of(), "kubectl", "kustomize", "overlays/" + overlay);
        assumeTrue(code >= 0, "The overlay " + overlay + " was not built: there is no kubectl on the PATH");
        String yaml = Folder.read(output);
        assertThat(code).as(yaml).isZero();
        return Folder.documents(overlay, yaml).toList();
    }

    /** The exit code, or -1 when there is no such program. */
    private static int run(Path output, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(Folder.HERE.toFile());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        Process process;
        try {
            process = builder.start();
        } catch (IOException missing) {
            return -1;
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void theTwinsSecretsHoldWhatItsPodsRead() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(temporary.resolve("secrets/twilio/demo"))
                .getParent()
                .getParent();
        for (String file : List.of(
                "postgres",
                "casewire_outbound",
                "casewire_routing",
                "casewire_notification",
                "identity.yaml",
                "twin.json",
                "twilio/demo/account-sid",
                "twilio/demo/auth-tokens")) {
            Files.writeString(folder.resolve(file), "a value of " + file, StandardCharsets.UTF_8);
        }
        Path output = temporary.resolve("secrets.yaml");
        assertThat(run(output, Map.of("CASEWIRE_SECRETS", folder.toString()), "./twin-secrets"))
                .isZero();
        List<Manifest> secrets =
                Folder.documents("secrets", Folder.read(output)).toList();
        assertThat(secrets).allSatisfy(one -> assertThat(Kinds.faults(one)).isEmpty());
        Set<String> there = new HashSet<>();
        secrets.forEach(one -> ((Map<?, ?>) one.at("data")).keySet().forEach(key -> there.add(one.name() + " " + key)));
        Stream.concat(Folder.manifests("base").stream(), Folder.manifests("overlays/twin").stream())
                .filter(Manifest::hasPods)
                .flatMap(Manifest::parts)
                .filter(part ->
                        part.get("secret") instanceof Map<?, ?> secret && !Boolean.TRUE.equals(secret.get("optional")))
                .map(part -> part.get("secret"))
                .forEach(secret -> Manifest.list(secret, "items")
                        .forEach(item ->
                                assertThat(there).contains(Manifest.at(secret, "name") + " " + item.get("key"))));
        assertThat(there).contains("casewire-twilio casewire.twilio.demo.account-sid", "casewire-twin twin.json");
    }
}
