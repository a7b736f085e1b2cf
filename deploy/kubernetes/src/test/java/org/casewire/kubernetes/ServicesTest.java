package org.casewire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.casewire.events.Topics;
import org.casewire.events.Topics.Topic;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.kafka.annotation.KafkaListener;

/** The manifests and the services agree: names, ports, settings, topics, rights. */
class ServicesTest {

    private static final Map<String, String> SERVICES = Map.of(
            "webhook-ingest-service", "ingest",
            "outbound-service", "outbound",
            "routing-service", "routing",
            "notification-service", "notification");
    private static final KnownSettings SETTINGS = new KnownSettings();

    private static Manifest base(String kind, String name) {
        return Folder.manifests("base").stream()
                .filter(one -> one.isA(kind, name))
                .findFirst()
                .orElseThrow();
    }

    private static Manifest workload(String service) {
        return base(service.equals("webhook-ingest-service") ? "StatefulSet" : "Deployment", service);
    }

    private static Map<String, String> variables(Manifest workload) {
        Map<String, String> variables = new TreeMap<>();
        workload.containers()
                .forEach(container -> Manifest.list(container, "env")
                        .forEach(one -> variables.put((String) one.get("name"), String.valueOf(one.get("value")))));
        return variables;
    }

    @Test
    void everySettingIsOneThatTheServicesRead() {
        Set<String> variables = new TreeSet<>();
        Folder.manifests().stream()
                .filter(Manifest::hasPods)
                .filter(one -> !one.name().equals("kafka") && !one.name().equals("postgres"))
                .forEach(one -> variables.addAll(variables(one).keySet()));
        Folder.files(".env")
                .forEach(file -> variables.addAll(Folder.settings(file).stringPropertyNames()));
        variables.remove("JAVA_TOOL_OPTIONS");
        assertThat(variables)
                .hasSizeGreaterThan(20)
                .allSatisfy(variable -> assertThat(SETTINGS.knowsVariable(variable))
                        .as(variable)
                        .isTrue());
        assertThat(SETTINGS.knowsVariable("CASEWIRE_INGEST_SPOOL_FOLDER")).isFalse();
        assertThat(SETTINGS.knowsVariable("SPRING_KAFKA_BOOTSTRAP_SERVER")).isFalse();
    }

    @Test
    void everySecretThatBecomesASettingIsOneThatTheServicesRead() {
        List<String> paths = Folder.manifests("base").stream()
                .filter(Manifest::hasPods)
                .flatMap(Manifest::parts)
                .filter(part -> part.get("path") instanceof String && part.containsKey("key"))
                .map(part -> (String) part.get("path"))
                .toList();
        assertThat(paths)
                .contains("spring.datasource.password", "casewire.ingest.quarantine.key")
                .allSatisfy(path -> assertThat(SETTINGS.knows(path)).as(path).isTrue());
        assertThat(SETTINGS.knows("casewire.twilio.demo.auth-tokens")).isTrue();
    }

    @Test
    void theImagesAreTheOnesThatAreBuilt() {
        String build = Folder.read(Folder.HERE.resolve("../compose/build"));
        Stream.concat(SERVICES.keySet().stream(), Stream.of("front-door")).forEach(service -> {
            Object image = workload(service).containers().getFirst().get("image");
            assertThat(image).isEqualTo("casewire/" + service);
            assertThat(build).contains(service);
        });
    }

    @Test
    void portsAndProbesAreTheImagesOwn() {
        String image = Folder.read(Folder.HERE.resolve("../compose/image/Dockerfile"));
        assertThat(image).contains("SERVER_PORT=8080 MANAGEMENT_SERVER_PORT=9090", "USER 10001:10001");
        assertThat(image).contains("\"/actuator/health/readiness\"");
        Stream.concat(SERVICES.keySet().stream(), Stream.of("front-door")).forEach(service -> {
            Manifest workload = workload(service);
            assertThat(Manifest.at(workload.pod(), "securityContext", "runAsUser"))
                    .isEqualTo(10001);
            Map<String, Object> container = workload.containers().getFirst();
            assertThat(Manifest.list(container, "ports").stream()
                            .map(one -> one.get("name") + " " + one.get("containerPort")))
                    .containsExactly("http 8080", "management 9090");
            assertThat(Manifest.at(container, "readinessProbe", "httpGet", "path"))
                    .isEqualTo("/actuator/health/readiness");
            assertThat(Manifest.at(container, "livenessProbe", "httpGet", "path"))
                    .isEqualTo("/actuator/health/liveness");
            assertThat(Manifest.list(base("Service", service).content(), "spec", "ports").stream()
                            .map(one -> one.get("port")))
                    .containsExactly(8080, 9090);
        });
    }

    @Test
    void theFrontDoorFindsEachService() {
        Map<String, String> variables = variables(workload("front-door"));
        SERVICES.forEach((service, label) -> assertThat(variables)
                .containsEntry("CASEWIRE_FRONTDOOR_SERVICES_" + label.toUpperCase(), "http://" + service + ":8080"));
    }

    @Test
    void whatAnIngressLeadsToIsThere() {
        Set<String> services = Folder.manifests("base").stream()
                .filter(one -> one.kind().equals("Service"))
                .map(Manifest::name)
                .collect(Collectors.toSet());
        List<Object> backends = Folder.manifests().stream()
                .filter(one -> one.kind().equals("Ingress"))
                .flatMap(Manifest::parts)
                .filter(part -> part.containsKey("backend"))
                .map(part -> Manifest.at(part, "backend", "service", "name"))
                .toList();
        assertThat(backends)
                .hasSizeGreaterThan(1)
                .allSatisfy(name -> assertThat(services).contains((String) name));
    }

    @Test
    void everyTopicOfTheContractIsMadeAsTheContractSays() {
        Map<String, Manifest> topics = Folder.manifests("components/strimzi").stream()
                .filter(one -> one.kind().equals("KafkaTopic"))
                .collect(Collectors.toMap(Manifest::name, one -> one));
        List<Topic> wanted = Topics.all().stream()
                .flatMap(topic -> Stream.of(topic, topic.deadLetters()))
                .toList();
        wanted.forEach(topic -> {
            Manifest found = topics.remove(topic.name());
            assertThat(found).as(topic.name()).isNotNull();
            assertThat(found.at("spec", "partitions")).isEqualTo(12);
            topic.settings()
                    .forEach((setting, value) -> assertThat(String.valueOf(found.at("spec", "config", setting)))
                            .as("%s %s", topic.name(), setting)
                            .isEqualTo(value));
        });
        assertThat(topics.keySet()).containsExactlyInAnyOrder("sms.sweeps", "sms.quarantine");
    }

    @Test
    void aServiceMayReadWhatItListensTo() throws ClassNotFoundException {
        for (Map.Entry<String, String> service : SERVICES.entrySet()) {
            Set<String> listened = listened("org.casewire." + service.getValue());
            assertThat(allowed(service.getKey(), "Read")).as(service.getKey()).containsAll(listened);
            Set<String> deadLetters = listened.stream()
                    .filter(topic -> !topic.endsWith(".dlt"))
                    .map(topic -> topic + ".dlt")
                    .collect(Collectors.toSet());
            assertThat(allowed(service.getKey(), "Write")).as(service.getKey()).containsAll(deadLetters);
        }
        assertThat(listened("org.casewire.outbound")).contains(Topics.SEND_QUEUE);
    }

    @Test
    void nobodyMayWriteWhatIsAnothers() {
        assertThat(allowed("upstream", "Write"))
                .containsExactlyInAnyOrder(
                        Topics.SEND_QUEUE,
                        Topics.CONSENT,
                        Topics.CASES,
                        Topics.CONTACTS,
                        Topics.USERS,
                        Topics.CALENDAR,
                        Topics.ACTIVITY);
        assertThat(allowed("outbound-service", "Write"))
                .contains(Topics.OUTBOUND, Topics.SITES)
                .doesNotContain(Topics.REPLIES);
        assertThat(allowed("routing-service", "Write")).contains(Topics.REPLIES).doesNotContain(Topics.OUTBOUND);
        assertThat(allowed("notification-service", "Write")).contains(Topics.ALERTS, Topics.SEND_QUEUE);
        assertThat(allowed("webhook-ingest-service", "Write"))
                .contains(Topics.INBOUND, Topics.DELIVERY, Topics.CONSENT);
    }

    private static Set<String> allowed(String user, String operation) {
        return Folder.manifests("components/strimzi").stream()
                .filter(one -> one.isA("KafkaUser", user))
                .flatMap(one -> Manifest.list(one.content(), "spec", "authorization", "acls").stream())
                .filter(acl -> ((List<?>) acl.get("operations")).contains(operation))
                .filter(acl -> Manifest.at(acl, "resource", "type").equals("topic"))
                .map(acl -> (String) Manifest.at(acl, "resource", "name"))
                .collect(Collectors.toSet());
    }

    /** The topics of all listeners below a package; an expression stands for all dead letters. */
    private static Set<String> listened(String root) throws ClassNotFoundException {
        ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter((metadata, factory) ->
                metadata.getAnnotationMetadata().hasAnnotatedMethods(KafkaListener.class.getName()));
        Set<String> topics = new HashSet<>();
        for (var found : scan.findCandidateComponents(root)) {
            for (var method : Class.forName(found.getBeanClassName(), false, ServicesTest.class.getClassLoader())
                    .getDeclaredMethods()) {
                KafkaListener listener = method.getAnnotation(KafkaListener.class);
                if (listener != null) {
                    Arrays.stream(listener.topics()).forEach(topic -> addTopic(topics, topic));
                }
            }
        }
        return topics;
    }

    private static void addTopic(Set<String> topics, String topic) {
        if (topic.startsWith("#{")) {
            assertThat(topic).contains("DEAD_LETTER_SUFFIX");
            Topics.all().forEach(one -> topics.add(one.deadLetters().name()));
        } else {
            topics.add(topic);
        }
    }

    @Test
    void aGroupIsNamedAfterItsService() {
        Folder.manifests("components/keda").stream()
                .filter(one -> one.kind().equals("ScaledObject"))
                .forEach(scaled -> Manifest.list(scaled.content(), "spec", "triggers")
                        .forEach(trigger -> {
                            String group = (String) Manifest.at(trigger, "metadata", "consumerGroup");
                            assertThat(group).isEqualTo(scaled.name()).isIn(SERVICES.keySet());
                            assertThat(allowed(group, "Read"))
                                    .contains((String) Manifest.at(trigger, "metadata", "topic"));
                        }));
    }

    @Test
    void theDatabasesAreTheOnesThatTheServicesAskFor() {
        List<Manifest> postgres = Folder.manifests("components/cloudnative-pg");
        for (String service : List.of("outbound", "routing", "notification")) {
            assertThat(variables(workload(service + "-service")))
                    .containsEntry(
                            "SPRING_DATASOURCE_URL", "jdbc:postgresql://casewire-postgres-rw:5432/casewire_" + service)
                    .containsEntry("SPRING_DATASOURCE_USERNAME", "casewire_" + service);
            assertThat(postgres.stream().filter(one -> one.isA("Database", "casewire-" + service)))
                    .singleElement()
                    .satisfies(one -> assertThat(one.at("spec", "name")).isEqualTo("casewire_" + service));
        }
    }

    @Test
    void theTwinsRolesAreTheComposedOnes() {
        String twin = Folder.read(Path.of("overlays/twin/roles.sh").toAbsolutePath());
        assertThat(twin.replace("/run/secrets/casewire/", "/run/secrets/"))
                .isEqualTo(Folder.read(Folder.HERE.resolve("../compose/postgres/roles.sh")));
    }
}
