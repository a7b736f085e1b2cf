package org.casewire.events.access;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.beans.factory.annotation.Value;

/** What every service's OpenAPI document says besides its operations: its name, the token it needs, the shape of errors. */
class ApiDescription implements GlobalOpenApiCustomizer {

    private static final String TOKEN = "token";
    private static final String ERROR = "Problem";

    private final String service;

    ApiDescription(@Value("${spring.application.name}") String service) {
        this.service = service;
    }

    @Override
    public void customise(OpenAPI api) {
        api.setInfo(new Info()
                .title("Casewire " + service)
                .version("v1")
                .description("Errors are RFC 9457 problem documents with a machine-readable code. Lists are"
                        + " {\"items\", \"next\"}, newest first. Fields may be added: ignore what you do not know."));
        Components components = api.getComponents() == null ? new Components() : api.getComponents();
        components.addSecuritySchemes(
                TOKEN,
                new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT")
                        .description("aud casewire, sub the user, sites[] the sites it may touch (* for all),"
                                + " roles[] of staff, admin, service, operator"));
        components.addSchemas(ERROR, problem());
        api.setComponents(components);
        if (api.getPaths() != null) {
            api.getPaths().forEach((path, operations) -> {
                if (path.startsWith("/api/")) {
                    operations.readOperations().forEach(ApiDescription::complete);
                }
            });
        }
    }

    private static void complete(Operation operation) {
        operation.addSecurityItem(new SecurityRequirement().addList(TOKEN));
        MediaType document = new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + ERROR));
        operation
                .getResponses()
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description("What was wrong, and what to do")
                                .content(new Content().addMediaType("application/problem+json", document)));
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("RFC 9457")
                .addProperty("type", new StringSchema())
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema().description("a sentence for people"))
                .addProperty("code", new StringSchema().description("for programs"))
                .required(List.of("title", "status", "detail", "code"));
    }
}
