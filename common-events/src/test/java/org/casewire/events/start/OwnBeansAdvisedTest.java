package org.casewire.events.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

class OwnBeansAdvisedTest {

    @Test
    void springLooksForTransactionsInOurBeansAlone() {
        SpringApplication application = new SpringApplication(Parts.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        try (var context = application.run("--spring.config.location=optional:classpath:/nowhere/")) {
            assertThat(context.getBean(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME))
                    .isInstanceOf(OwnBeansAdvised.Creator.class);
            assertThat(AopUtils.isCglibProxy(context.getBean(Own.class))).isTrue();
            assertThat(AopUtils.isAopProxy(context.getBean("library"))).isFalse();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    @EnableMethodSecurity
    static class Parts {

        @Bean
        Own own() {
            return new Own();
        }

        @Bean
        StringBuilder library() {
            return new StringBuilder();
        }
    }

    static class Own {

        @Transactional
        void write() {}
    }
}
