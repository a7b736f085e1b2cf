package org.casewire.frontdoor.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.AbstractSecurityWebApplicationInitializer;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** What is guarded, and how: the protocol's endpoints and the two pages. Nothing else of the origin comes by here. */
@Configuration(proxyBeanMethods = false)
@WithIdentity
class GuardConfiguration {

    private static final String USER_INFO = "/userinfo";

    @Bean
    @Order(1)
    SecurityFilterChain protocol(HttpSecurity http) throws Exception {
        OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
        headers(http);
        http.headers(headers -> headers.addHeaderWriter(GuardConfiguration::challenge));
        return http.securityMatcher(server.getEndpointsMatcher())
                .with(server, protocol -> protocol.oidc(Customizer.withDefaults()))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint(refusal()))
                .oauth2ResourceServer(userInfo -> userInfo.jwt(Customizer.withDefaults()))
                .build();
    }

    /** A person who opens a page signs in; an application that asks without a token is told that it needs one. */
    private static AuthenticationEntryPoint refusal() {
        AuthenticationEntryPoint signIn = new LoginUrlAuthenticationEntryPoint(Pages.SIGN_IN);
        AuthenticationEntryPoint bearer = new BearerTokenAuthenticationEntryPoint();
        return (request, response, failure) ->
                (request.getRequestURI().equals(USER_INFO) ? bearer : signIn).commence(request, response, failure);
    }

    /** Whoever brings a wrong secret of an application is told how one is brought (RFC 6749). */
    private static void challenge(HttpServletRequest request, HttpServletResponse response) {
        if (response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED
                && request.getHeader(HttpHeaders.AUTHORIZATION) != null
                && !response.containsHeader(HttpHeaders.WWW_AUTHENTICATE)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"casewire\"");
        }
    }

    @Bean
    @Order(2)
    SecurityFilterChain signInAndOut(HttpSecurity http) throws Exception {
        headers(http);
        return http.securityMatcher(Pages.SIGN_IN, Pages.SIGN_OUT)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .formLogin(form -> form.loginPage(Pages.SIGN_IN).failureUrl(Pages.SIGN_IN + "?error"))
                .exceptionHandling(refusals -> refusals.accessDeniedHandler(
                        (_, response, _) -> response.sendRedirect(Pages.SIGN_IN + "?late")))
                .logout(out -> out.logoutUrl(Pages.SIGN_OUT).logoutSuccessUrl(Pages.SIGN_IN + "?signed-out"))
                .build();
    }

    /** The paths of the identity, and no other, come by the guards; they are made ready while nobody waits for them. */
    @Bean
    DelegatingFilterProxyRegistrationBean guards() {
        DelegatingFilterProxyRegistrationBean guards = new DelegatingFilterProxyRegistrationBean(
                AbstractSecurityWebApplicationInitializer.DEFAULT_FILTER_NAME);
        guards.addUrlPatterns("/oauth2/*", "/.well-known/*", "/connect/*", USER_INFO, Pages.SIGN_IN, Pages.SIGN_OUT);
        return guards;
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> warmUp() {
        return ready -> Thread.startVirtualThread(() ->
                ready.getApplicationContext().getBean(AbstractSecurityWebApplicationInitializer.DEFAULT_FILTER_NAME));
    }

    private static void headers(HttpSecurity http) throws Exception {
        http.headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(PageShell.POLICY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)));
    }
}
