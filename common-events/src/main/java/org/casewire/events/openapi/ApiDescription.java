package org.casewire.events.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Contact;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.beans.factory.annotation.Value;

/** What every service's OpenAPI document says besides its operations: its name, the token it needs, the shape of errors. */
class ApiDescription implements GlobalOpenApiCustomizer {

    private static final String TOKEN = "token";
    private static final String SIGNATURE = "twilioSignature";

    /** What parameters of one name mean everywhere. */
    private static final Map<String, String> PARAMETERS = Map.of(
            "site", "the site, a lower-case slug",
            "limit", "how many at most",
            "cursor", "the `next` of the answer before; left out: from the newest",
            "contact", "the person's number: E.164 (+ as %2B), or the national form of the site's region",
            "user", "the upstream's id of a user",
            "traceparent", "W3C trace context; carried through to every event that follows",
            "Prefer", "wait=seconds, at most 30: Twilio's word if it comes in time",
            "If-Match", "the ETag as it was read: with another by now the answer is 412");

    private final String service;
    private final ApiTypeNames names;

    ApiDescription(@Value("${spring.application.name}") String service, ApiTypeNames names) {
        this.service = service;
        this.names = names;
    }

    @Override
    public void customise(OpenAPI api) {
        api.setInfo(new Info()
                .title("Casewire " + service)
                .version("v1")
                .contact(new Contact().name("Whoever operates this installation"))
                .license(new License().name("Apache 2.0").identifier("Apache-2.0"))
                .description("Errors are RFC 9457 problem documents with a machine-readable code. Lists are"
                        + " {\"items\", \"next\"}, newest first. Fields may be added: ignore what you do not know,"
                        + " and take an unknown value of an enum as one that is new."));
        api.setServers(List.of(new Server().url("/").description("The front door")));
        Components components = api.getComponents();
        components.addSecuritySchemes(
                TOKEN,
                new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT")
                        .description("aud casewire, sub the user, sites[] the sites it may touch (* for all): another's"
                                + " things are 404; roles[] of staff, admin (who is staff too), service, operator"));
        api.setTags(api.getTags().stream()
                .distinct()
                .sorted(Comparator.comparing(Tag::getName))
                .toList());
        ApiErrors.describe(components);
        api.getPaths().forEach((path, operations) -> {
            operations.readOperationsMap().values().forEach(operation -> complete(path, operation, components));
        });
        ApiFields.complete(api, names);
    }

    private static void complete(String path, Operation operation, Components components) {
        if (operation.getOperationId().matches(".*_\\d+")) {
            throw new IllegalStateException("%s: give @Operation an operationId of its own, not %s"
                    .formatted(path, operation.getOperationId()));
        }
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(ApiDescription::complete);
        }
        if (path.startsWith("/api/")) {
            operation.addSecurityItem(new SecurityRequirement().addList(TOKEN));
            ApiErrors.add(path, operation);
        } else if (path.startsWith("/twilio/")) {
            components.addSecuritySchemes(
                    SIGNATURE,
                    new SecurityScheme()
                            .type(SecurityScheme.Type.APIKEY)
                            .in(SecurityScheme.In.HEADER)
                            .name("X-Twilio-Signature")
                            .description(
                                    "Twilio's signature of the address and the form, by the account's auth token"));
            operation.addSecurityItem(new SecurityRequirement().addList(SIGNATURE));
            ApiErrors.addDefault(operation);
        } else {
            operation.setSecurity(List.of());
            ApiErrors.addDefault(operation);
        }
    }

    private static void complete(Parameter parameter) {
        if (parameter.getDescription() == null) {
            parameter.setDescription(PARAMETERS.get(parameter.getName()));
        }
        if (parameter.getName().equals("limit")) {
            parameter
                    .getSchema()
                    .minimum(BigDecimal.ONE)
                    .maximum(BigDecimal.valueOf(500))
                    ._default(100);
        }
        if (parameter.getName().equals("site")) {
            parameter.getSchema().pattern("^[a-z0-9-]{1,40}$");
        }
    }
}
