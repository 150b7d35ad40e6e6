package org.headgate.mqtt.client;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
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

    /** Whether a reason code of MQTT 5 is about the message: it would meet it again. A quota may pass. */
    static boolean isFinal(int code) {
        return switch (code) {
            case MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED,
                    MqttReturnCode.RETURN_CODE_TOPIC_NAME_INVALID,
                    MqttReturnCode.RETURN_CODE_PACKET_TOO_LARGE,
                    MqttReturnCode.RETURN_CODE_PAYLOAD_FORMAT_INVALID -> true;
            default -> false;
        };
    }

    /** Whether a reason code of MQTT 5 is an error of the broker's own: only whoever knows of other messages can say whether this one is at fault. */
    static boolean isOwn(int code) {
        return code == MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR
                || code == MqttReturnCode.RETURN_CODE_IMPLEMENTATION_SPECIFIC_ERROR;
    }
}
