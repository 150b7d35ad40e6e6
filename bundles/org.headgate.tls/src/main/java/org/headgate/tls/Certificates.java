package org.headgate.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Reads certificates and says in words what stands in them. */
final class Certificates {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private Certificates() {}

    /** All certificates of a file, PEM or DER, in their order; may be none. */
    static List<X509Certificate> read(byte[] file) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> all = new ArrayList<>();
        List<Pem> blocks = Pem.blocks(file);
        for (Pem block : blocks) {
            if (block.label().endsWith("CERTIFICATE")) {
                all.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
            }
        }
        if (blocks.isEmpty() && file.length > 0) {
            all.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(file)));
        }
        return all;
    }

    /** The hosts that a certificate is for: its alternative names, or, where there are none, the common name (RFC 2818, 3.1). */
    static List<String> hosts(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> name : alternatives) {
                    if (name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS)) {
                        names.add(String.valueOf(name.get(1)));
                    }
                }
            }
        } catch (CertificateParsingException unreadable) {
            // Then it is for nobody.
        }
        return names.isEmpty() ? List.of(subject(certificate)) : names;
    }

    static String subject(X509Certificate certificate) {
        return common(certificate.getSubjectX500Principal().getName());
    }

    static String issuer(X509Certificate certificate) {
        return common(certificate.getIssuerX500Principal().getName());
    }

    static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /** The common name, which people know; the whole name where there is none. */
    private static String common(String name) {
        try {
            for (Rdn part : new LdapName(name).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return String.valueOf(part.getValue());
                }
            }
        } catch (InvalidNameException unreadable) {
            // The whole name, then.
        }
        return name;
    }
}
