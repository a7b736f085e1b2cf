package org.casewire.notification.home;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the home page signs people in.
 *
 * @param clientId the page's name at the issuer: a public client with code and PKCE
 */
@ConfigurationProperties("casewire.home")
record HomeProperties(@DefaultValue("casewire-home") String clientId) {}
