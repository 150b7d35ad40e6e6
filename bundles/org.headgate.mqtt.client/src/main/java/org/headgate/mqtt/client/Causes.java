package org.headgate.mqtt.client;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.headgate.tls.TlsException;

/** Says in one line why a connection failed. */
final class Causes {
    private Causes() {}

    static String line(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof TlsException || one instanceof Told) {
                return one.getMessage();
            }
        }
        Throwable cause = root(failure);
        if (cause instanceof UnknownHostException) {
            return "unknown host " + cause.getMessage();
        }
        if (cause instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        if (cause instanceof ConnectException) {
            return "connection refused";
        }
        if (cause instanceof java.io.EOFException) {
            return "the broker closed the connection";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Whether Paho has waited in vain; both clients have the same number for it. */
    static boolean isTimeout(Throwable failure) {
        return failure.getCause() == null
                && (failure instanceof MqttException old
                                && old.getReasonCode() == MqttException.REASON_CODE_CLIENT_TIMEOUT
                        || failure instanceof org.eclipse.paho.mqttv5.common.MqttException young
                                && young.getReasonCode() == MqttException.REASON_CODE_CLIENT_TIMEOUT);
    }
}
