package org.casewire.events.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import org.casewire.events.testing.TestTokens;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.json.JsonMapper;

class IssuerAwayTest {

    @EnableWebSecurity
    @Configuration(proxyBeanMethods = false)
    static class ApiAlone {

        @Bean
        SecurityFilterChain api(HttpSecurity http, JsonMapper json) throws Exception {
            return new AccessAutoConfiguration().apiSecurity(http, json);
        }
    }

    private static String nobodysAddress() {
        try (ServerSocket free = new ServerSocket(0)) {
            return "http://127.0.0.1:" + free.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void nobodyIsToldThatATokenIsWrongWhileItCannotBeChecked() {
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        JacksonAutoConfiguration.class,
                        SecurityAutoConfiguration.class,
                        OAuth2ResourceServerAutoConfiguration.class))
                .withUserConfiguration(ApiAlone.class, TokenReading.class)
                .withPropertyValues("spring.security.oauth2.resourceserver.jwt.issuer-uri=" + nobodysAddress())
                .run(context -> {
                    MockHttpServletResponse answer = asked(context.getBean("springSecurityFilterChain", Filter.class));
                    assertThat(answer.getStatus()).isEqualTo(503);
                    assertThat(answer.getContentType()).startsWith("application/problem+json");
                    assertThat(answer.getContentAsString()).contains("\"code\":\"ISSUER_AWAY\"");
                    assertThat(answer.getHeader("Retry-After")).isEqualTo("5");
                });
    }

    private static MockHttpServletResponse asked(Filter security) throws ServletException, IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/sites/demo/received");
        request.addHeader("Authorization", "Bearer " + TestTokens.staff("maria", "demo"));
        MockHttpServletResponse response = new MockHttpServletResponse();
        security.doFilter(request, response, new MockFilterChain());
        return response;
    }
}
