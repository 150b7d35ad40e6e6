package org.headgate.driver.opcua;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.ServerTable;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.channel.SecurityKeysListener;
import org.eclipse.milo.opcua.stack.core.encoding.DataTypeCodec;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingManager;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.types.DataTypeDictionary;
import org.eclipse.milo.opcua.stack.core.types.DataTypeManager;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.transport.client.ClientApplicationContext;

/** What Milo is told of us, with {@link BoundedDecoder} in it; all else is passed on. */
final class Bounds {
    private Bounds() {}

    static EncodingContext of(EncodingContext milos) {
        return milos instanceof Context ? milos : new Context(milos);
    }

    static ClientApplicationContext of(ClientApplicationContext milos) {
        return new Application(milos, of(milos.getEncodingContext()));
    }

    private record Context(EncodingContext milos) implements EncodingContext {
        @Override
        public DataTypeManager getDataTypeManager() {
            return new Types(milos.getDataTypeManager());
        }

        @Override
        public EncodingManager getEncodingManager() {
            return milos.getEncodingManager();
        }

        @Override
        public EncodingLimits getEncodingLimits() {
            return milos.getEncodingLimits();
        }

        @Override
        public NamespaceTable getNamespaceTable() {
            return milos.getNamespaceTable();
        }

        @Override
        public ServerTable getServerTable() {
            return milos.getServerTable();
        }
    }

    private record Types(DataTypeManager milos) implements DataTypeManager {
        @Override
        public DataTypeCodec getCodec(NodeId id) {
            DataTypeCodec codec = milos.getCodec(id);
            return codec == null ? null : BoundedDecoder.codec(codec);
        }

        @Override
        public void registerType(NodeId type, DataTypeCodec codec, NodeId binary, NodeId xml, NodeId json) {
            milos.registerType(type, codec, binary, xml, json);
        }

        @Override
        public NodeId getBinaryEncodingId(NodeId type) {
            return milos.getBinaryEncodingId(type);
        }

        @Override
        public NodeId getXmlEncodingId(NodeId type) {
            return milos.getXmlEncodingId(type);
        }

        @Override
        public NodeId getJsonEncodingId(NodeId type) {
            return milos.getJsonEncodingId(type);
        }

        @Override
        public DataTypeDictionary getTypeDictionary(String namespace) {
            return milos.getTypeDictionary(namespace);
        }

        @Override
        public void registerTypeDictionary(DataTypeDictionary dictionary) {
            milos.registerTypeDictionary(dictionary);
        }
    }

    private record Application(ClientApplicationContext milos, EncodingContext context)
            implements ClientApplicationContext {
        @Override
        public EndpointDescription getEndpoint() {
            return milos.getEndpoint();
        }

        @Override
        public Optional<KeyPair> getKeyPair() {
            return milos.getKeyPair();
        }

        @Override
        public Optional<X509Certificate> getCertificate() {
            return milos.getCertificate();
        }

        @Override
        public Optional<X509Certificate[]> getCertificateChain() {
            return milos.getCertificateChain();
        }

        @Override
        public CertificateValidator getCertificateValidator() {
            return milos.getCertificateValidator();
        }

        @Override
        public EncodingContext getEncodingContext() {
            return context;
        }

        @Override
        public UInteger getRequestTimeout() {
            return milos.getRequestTimeout();
        }

        @Override
        public SecurityKeysListener getSecurityKeysListener() {
            return milos.getSecurityKeysListener();
        }
    }
}
