package org.casewire.notification.home;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;
import org.casewire.notification.embed.EmbedOrigins;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** The page is for everybody to load; what it shows comes from {@code /api} with a token. */
@Configuration(proxyBeanMethods = false)
class HomeSecurity {

    private static final String NO_DEVICES = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";

    private final HomePage page;
    private final EmbedOrigins origins;

    HomeSecurity(HomePage page, EmbedOrigins origins) {
        this.page = page;
        this.origins = origins;
    }

    /** What other applications load: the script, and the block in the frame that it makes. */
    @Bean
    @Order(1)
    SecurityFilterChain blockGuard(HttpSecurity http) throws Exception {
        return open(http, "/home/embed", "/home/embed.js")
                .headers(headers -> common(headers)
                        .frameOptions(HeadersConfigurer<HttpSecurity>.FrameOptionsConfig::disable)
                        .crossOriginResourcePolicy(
                                resources -> resources.policy(CrossOriginResourcePolicy.CROSS_ORIGIN))
                        .addHeaderWriter((request, response) ->
                                response.setHeader("Content-Security-Policy", page.blockPolicy(around(request)))))
                .build();
    }

    /** Only our own pages and those the site lists; of a site that is not there, nobody's. */
    private List<String> around(HttpServletRequest request) {
        List<String> listed = origins.listedBy(String.valueOf(request.getParameter("site")));
        return listed.isEmpty()
                ? List.of()
                : Stream.concat(Stream.of("'self'"), listed.stream()).toList();
    }

    @Bean
    @Order(2)
    SecurityFilterChain homeGuard(HttpSecurity http) throws Exception {
        return open(http, "/", "/home/**", "/webjars/**", "/favicon.ico")
                .headers(headers -> common(headers)
                        .contentSecurityPolicy(policy -> policy.policyDirectives(page.pagePolicy()))
                        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(
                                resources -> resources.policy(CrossOriginResourcePolicy.SAME_ORIGIN)))
                .build();
    }

    private static HttpSecurity open(HttpSecurity http, String... paths) throws Exception {
        return http.securityMatcher(paths)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    }

    private static HeadersConfigurer<HttpSecurity> common(HeadersConfigurer<HttpSecurity> headers) {
        return headers.referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                .permissionsPolicyHeader(permissions -> permissions.policy(NO_DEVICES))
                // Each answer says itself how long it may be kept.
                .cacheControl(HeadersConfigurer<HttpSecurity>.CacheControlConfig::disable);
    }
}
