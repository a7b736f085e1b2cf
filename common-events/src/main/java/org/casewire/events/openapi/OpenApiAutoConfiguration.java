package org.casewire.events.openapi;

import io.swagger.v3.core.jackson.ModelResolver;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Completes what is derived from the controllers with what their code and types say besides. */
@AutoConfiguration
@Import({ApiDescription.class, ApiRoles.class, ApiTypeNames.class})
public class OpenApiAutoConfiguration {

    @Bean
    static ModelResolver apiTypes(ObjectMapperProvider mappers, ApiTypeNames names) {
        return new ModelResolver(mappers.jsonMapper(), names).openapi31(true);
    }
}
