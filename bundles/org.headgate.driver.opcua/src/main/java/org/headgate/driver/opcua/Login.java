package org.headgate.driver.opcua;

import java.util.Map;
import org.headgate.device.api.InvalidSettingException;

/** Who we are to a server, as a person or a role of its own; apart from the certificate, which says which program we are. */
sealed interface Login {
    /** Nobody. */
    record Anonymous() implements Login {}

    /**
     * A name and a password.
     *
     * @param secret the password's secret, {@code @name}
     */
    record Password(String user, String secret) implements Login {}

    /**
     * A certificate and its key.
     *
     * @param secret the secret that holds both, {@code @name}
     * @param password the secret that opens it; empty for none
     */
    record Certificate(String secret, String password) implements Login {}

    /** By the settings {@code user}, {@code password}, {@code certificate} and {@code certificate.password}. */
    static Login of(Map<String, String> options) throws InvalidSettingException {
        String user = options.getOrDefault("user", "");
        String password = secret(options, "password");
        String certificate = secret(options, "certificate");
        String opens = secret(options, "certificate.password");
        if (!opens.isEmpty() && certificate.isEmpty()) {
            throw new InvalidSettingException("certificate.password", opens, "certificate beside it: what it opens");
        }
        if (!certificate.isEmpty()) {
            if (!user.isEmpty() || !password.isEmpty()) {
                throw new InvalidSettingException(
                        "certificate", certificate, "either a certificate, or user and password");
            }
            return new Certificate(certificate, opens);
        }
        if (user.isEmpty()) {
            if (!password.isEmpty()) {
                throw new InvalidSettingException("password", password, "user beside it");
            }
            return new Anonymous();
        }
        if (password.isEmpty()) {
            throw new InvalidSettingException("password", "", "@name of a secret; secret:set name sets it");
        }
        return new Password(user, password);
    }

    private static String secret(Map<String, String> options, String key) throws InvalidSettingException {
        String value = options.getOrDefault(key, "");
        if (!value.isEmpty() && !value.matches("@.+")) {
            throw new InvalidSettingException(key, "***", "@name of a file in HOME/secrets; clear text is refused");
        }
        return value;
    }
}
