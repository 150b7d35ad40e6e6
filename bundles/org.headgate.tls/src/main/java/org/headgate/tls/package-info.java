/**
 * TLS towards servers, for every client that speaks it: which certificates are trusted (the system's authorities, an authority of the
 * user's, a pinned key), who the gateway is (a certificate with its key, from PEM or PKCS#12), and in words why a connection fails.
 *
 * <p>A {@link org.headgate.tls.TlsClient} is made for a connection: it reads the files anew, so a renewed certificate needs no restart.
 * Host names are always checked; nothing switches that off. Pure code without state of its own.
 */
@Export
@Version("1.1.0")
package org.headgate.tls;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
