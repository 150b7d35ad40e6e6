package org.headgate.doctor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** An authority and what it signs: X.509 (RFC 5280) in DER, for keytool takes a second for each. */
final class Certificates {
    private static final String AUTHORITY = "Test Authority";
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] ECDSA_WITH_SHA256 = der(SEQUENCE, hex("06082a8648ce3d040302"));
    private static final byte[] COMMON_NAME = hex("0603550403");
    private static final byte[] TRUE = hex("0101ff");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final KeyPair key = key();
    private final Certificate authority;
    private final Map<String, KeyStore.PrivateKeyEntry> made = new HashMap<>();

    Certificates() throws Exception {
        byte[] isAuthority = der(SEQUENCE, hex("0603551d13"), TRUE, der(OCTETS, der(SEQUENCE, TRUE)));
        authority = certificate(AUTHORITY, key, AUTHORITY, key.getPrivate(), -3650, 36500, isAuthority);
    }

    /** The authority's own certificate, as a file has it. */
    byte[] authority() {
        try {
            return authority.getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A server's key with a certificate of the authority, good from some days after now on, for some days. */
    String signed(String name, String host, int from, int days) throws Exception {
        KeyPair own = key();
        Certificate leaf = certificate(host, own, AUTHORITY, key.getPrivate(), from, days, named(host));
        made.put(name, new KeyStore.PrivateKeyEntry(own.getPrivate(), new Certificate[] {leaf, authority}));
        return name;
    }

    String selfSigned(String name, String host) throws Exception {
        KeyPair own = key();
        Certificate leaf = certificate(host, own, host, own.getPrivate(), -1, 90, named(host));
        made.put(name, new KeyStore.PrivateKeyEntry(own.getPrivate(), new Certificate[] {leaf}));
        return name;
    }

    /** A server that shows a certificate, on a free port of the loopback interface. */
    SSLServerSocket serve(String name) throws Exception {
        KeyStore one = empty();
        one.setEntry(name, made.get(name), new KeyStore.PasswordProtection(PASSWORD));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    private static KeyStore empty() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyPair key() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static Certificate certificate(
            String subject, KeyPair own, String issuer, PrivateKey signer, int from, int days, byte[] extension)
            throws Exception {
        Instant start = Instant.now().plus(Duration.ofDays(from));
        byte[] content = der(
                SEQUENCE,
                hex("a003020102"),
                der(0x02, BigInteger.valueOf(System.nanoTime()).abs().toByteArray()),
                ECDSA_WITH_SHA256,
                name(issuer),
                der(SEQUENCE, time(start), time(start.plus(Duration.ofDays(days)))),
                name(subject),
                own.getPublic().getEncoded(),
                der(0xa3, der(SEQUENCE, extension)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer);
        signature.update(content);
        byte[] whole = der(SEQUENCE, content, ECDSA_WITH_SHA256, der(0x03, new byte[1], signature.sign()));
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] named(String host) {
        byte[] dnsName = der(0x82, host.getBytes(StandardCharsets.US_ASCII));
        return der(SEQUENCE, hex("0603551d11"), der(OCTETS, der(SEQUENCE, dnsName)));
    }

    private static byte[] name(String text) {
        byte[] value = der(0x0c, text.getBytes(StandardCharsets.UTF_8));
        return der(SEQUENCE, der(0x31, der(SEQUENCE, COMMON_NAME, value)));
    }

    private static byte[] time(Instant instant) {
        return der(0x18, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        if (length > 0x7f) {
            whole.write(length > 0xff ? 0x82 : 0x81);
        }
        if (length > 0xff) {
            whole.write(length >> 8);
        }
        whole.write(length);
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
