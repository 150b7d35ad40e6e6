package org.headgate.driver.opcua;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.encoding.DataTypeCodec;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.UaDecoder;
import org.eclipse.milo.opcua.stack.core.encoding.UaEncoder;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryDecoder;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/**
 * Milo's decoder, which believes every number of dimensions that a matrix claims to have (OPC 10000-6, 5.2.2.16): 20 bytes would become
 * an array of 8 GiB, and the end of the gateway. Here there are no more dimensions than bytes for them. Milo makes its decoders itself,
 * and what they know of us is the context alone: so each codec that it gives out changes the decoder before anything is read.
 */
final class BoundedDecoder extends OpcUaBinaryDecoder {
    private static final VarHandle BUFFER = buffer();
    /** The bits of a variant's first byte: an array, with dimensions, of a type. */
    private static final int MATRIX = 0xC0;

    private static final int DIMENSIONS = 0x40;
    private static final int TYPE = 0x3F;

    private ByteBuf bytes;

    private BoundedDecoder(EncodingContext context) {
        super(context);
    }

    private static VarHandle buffer() {
        try {
            return MethodHandles.privateLookupIn(OpcUaBinaryDecoder.class, MethodHandles.lookup())
                    .findVarHandle(OpcUaBinaryDecoder.class, "buffer", ByteBuf.class);
        } catch (ReflectiveOperationException otherMilo) {
            throw new ExceptionInInitializerError(otherMilo);
        }
    }

    /** A codec as it is, which reads with a decoder of ours. */
    static DataTypeCodec codec(DataTypeCodec milos) {
        return new DataTypeCodec() {
            @Override
            public Class<?> getType() {
                return milos.getType();
            }

            @Override
            public UaStructuredType decode(EncodingContext context, UaDecoder decoder) {
                boolean binary = decoder instanceof OpcUaBinaryDecoder && !(decoder instanceof BoundedDecoder);
                return milos.decode(
                        context,
                        binary ? new BoundedDecoder(context).setBuffer((ByteBuf) BUFFER.get(decoder)) : decoder);
            }

            @Override
            public void encode(EncodingContext context, UaEncoder encoder, UaStructuredType value) {
                milos.encode(context, encoder, value);
            }
        };
    }

    @Override
    public OpcUaBinaryDecoder setBuffer(ByteBuf buffer) {
        bytes = buffer;
        return super.setBuffer(buffer);
    }

    @Override
    public Variant decodeVariant() {
        int at = bytes.readerIndex();
        int first = bytes.getByte(at);
        if ((first & MATRIX) != MATRIX) {
            return super.decodeVariant();
        }
        bytes.setByte(at, first & ~DIMENSIONS);
        Variant array;
        try {
            array = super.decodeVariant();
        } finally {
            bytes.setByte(at, first);
        }
        int[] dimensions = dimensions();
        return array.value() == null || dimensions.length < 2
                ? array
                : new Variant(new Matrix(array.value(), dimensions, OpcUaDataType.fromTypeId(first & TYPE)));
    }

    private int[] dimensions() {
        int count = decodeInt32();
        if (count > bytes.readableBytes() / Integer.BYTES) {
            throw new UaSerializationException(
                    StatusCodes.Bad_DecodingError, "a matrix of " + count + " dimensions in fewer bytes");
        }
        int[] dimensions = new int[Math.max(0, count)];
        for (int i = 0; i < dimensions.length; i++) {
            dimensions[i] = decodeInt32();
        }
        return dimensions;
    }
}
