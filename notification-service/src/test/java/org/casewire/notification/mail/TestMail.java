package org.casewire.notification.mail;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The way to a mail server that is not there until a test says where it is. */
@Configuration(proxyBeanMethods = false)
class TestMail {

    @Bean
    JavaMailSenderImpl mailSender(
            @Value("${test.mail.port:9}") int port, @Value("${test.mail.timeout:2000}") String timeout) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(port);
        sender.getJavaMailProperties().put("mail.smtp.connectiontimeout", "2000");
        sender.getJavaMailProperties().put("mail.smtp.timeout", timeout);
        return sender;
    }
}
