package org.casewire.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The types a manifest may have. A field that its type does not know is a fault. */
final class Kinds {

    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("v1 Namespace", Namespace.class),
            Map.entry("v1 Pod", Pod.class),
            Map.entry("v1 Service", Service.class),
            Map.entry("v1 ServiceAccount", ServiceAccount.class),
            Map.entry("v1 ConfigMap", ConfigMap.class),
            Map.entry("v1 Secret", Secret.class),
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("apps/v1 StatefulSet", StatefulSet.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("networking.k8s.io/v1 Ingress", Ingress.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("kafka.strimzi.io/v1 Kafka", Kafka.class),
            Map.entry("kafka.strimzi.io/v1 KafkaNodePool", KafkaNodePool.class),
            Map.entry("kafka.strimzi.io/v1 KafkaTopic", KafkaTopic.class),
            Map.entry("kafka.strimzi.io/v1 KafkaUser", KafkaUser.class));

    /** Kinds whose operators publish no types for Java: what is used of them stands in a schema of ours. */
    private static final Map<String, String> SCHEMAS = Map.of(
            "keda.sh/v1alpha1 ScaledObject", "scaled-object",
            "keda.sh/v1alpha1 TriggerAuthentication", "trigger-authentication",
            "monitoring.coreos.com/v1 PodMonitor", "pod-monitor",
            "monitoring.coreos.com/v1 PrometheusRule", "prometheus-rule",
            "postgresql.cnpg.io/v1 Cluster", "postgres-cluster",
            "postgresql.cnpg.io/v1 Database", "postgres-database",
            "postgresql.cnpg.io/v1 ScheduledBackup", "postgres-backup");

    private static final ObjectMapper STRICT = new ObjectMapper()
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                // The types would keep what they do not know.
                @Override
                public Boolean hasAnySetter(Annotated member) {
                    return false;
                }
            });

    private Kinds() {}

    /** What is wrong with a manifest; nothing when its type knows every field. */
    static List<String> faults(Manifest manifest) {
        String kind = manifest.apiVersion() + " " + manifest.kind();
        if (SCHEMAS.containsKey(kind)) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema(SCHEMAS.get(kind)))
                    .validate(json(manifest.content()), InputFormat.JSON)
                    .stream()
                    .map(error -> manifest + ": " + error)
                    .toList();
        }
        if (!TYPES.containsKey(kind)) {
            return List.of(manifest + ": no kind that is known here: " + kind);
        }
        try {
            STRICT.convertValue(withoutDirectives(manifest.content()), TYPES.get(kind));
            return List.of();
        } catch (IllegalArgumentException unknown) {
            return List.of(manifest + ": " + unknown.getMessage());
        }
    }

    private static String json(Object content) {
        try {
            return STRICT.writeValueAsString(content);
        } catch (com.fasterxml.jackson.core.JacksonException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String schema(String name) {
        try (InputStream file = Kinds.class.getResourceAsStream("/crd/" + name + ".json")) {
            return new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A patch may say what is to become of a part; that is for Kustomize, and never reaches the cluster. */
    private static Object withoutDirectives(Object node) {
        return switch (node) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .filter(entry -> !"$patch".equals(entry.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> withoutDirectives(entry.getValue())));
            case List<?> list -> {
                List<Object> all = new ArrayList<>();
                list.forEach(one -> all.add(withoutDirectives(one)));
                yield all;
            }
            default -> node;
        };
    }
}
