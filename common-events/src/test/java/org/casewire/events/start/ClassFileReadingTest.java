package org.casewire.events.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ConfigurationClassPostProcessor;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;
import org.springframework.test.util.ReflectionTestUtils;

class ClassFileReadingTest {

    @Test
    void springReadsConfigurationsTheQuickWay() {
        SpringApplication application = new SpringApplication(Parts.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        try (var context = application.run("--spring.config.location=optional:classpath:/nowhere/")) {
            Object reader = context.getBean(ClassFileReading.BEAN_NAME);
            assertThat(reader).isInstanceOf(SimpleMetadataReaderFactory.class);
            assertThat(ReflectionTestUtils.getField(
                            context.getBean(ConfigurationClassPostProcessor.class), "metadataReaderFactory"))
                    .isSameAs(reader);
            assertThat(context.getBean(String.class)).isEqualTo("read");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Parts {

        @Bean
        String read() {
            return "read";
        }
    }
}
