package command

import (
	"context"
	"time"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/value"
	"tiffin/platform/mongolite/internal/wire"
)

const (
	version = "7.0.0"
	// maxWireVersion of MongoDB 7.0; ADR 0003 says why not more.
	maxWireVersion = 21
)

func hello(_ *Engine, _ context.Context, r *request, dst []byte) ([]byte, error) {
	err := r.fields(func(field string, _ value.Value) (bool, error) {
		switch field {
		case "helloOk", "client", "compression", "saslSupportedMechs", "speculativeAuthenticate",
			"topologyVersion", "maxAwaitTimeMS", "backpressure":
			return true, nil
		}
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	if r.command == "hello" {
		dst = bsoncore.AppendBooleanElement(dst, "isWritablePrimary", true)
	} else {
		dst = bsoncore.AppendBooleanElement(dst, "ismaster", true)
		dst = bsoncore.AppendBooleanElement(dst, "helloOk", true)
	}
	dst = bsoncore.AppendInt32Element(dst, "maxBsonObjectSize", value.MaxDocument)
	dst = bsoncore.AppendInt32Element(dst, "maxMessageSizeBytes", wire.MaxMessage)
	dst = bsoncore.AppendInt32Element(dst, "maxWriteBatchSize", maxWrites)
	dst = bsoncore.AppendDateTimeElement(dst, "localTime", time.Now().UnixMilli())
	dst = bsoncore.AppendInt32Element(dst, "logicalSessionTimeoutMinutes", 30)
	dst = bsoncore.AppendInt32Element(dst, "minWireVersion", 0)
	dst = bsoncore.AppendInt32Element(dst, "maxWireVersion", maxWireVersion)
	return bsoncore.AppendBooleanElement(dst, "readOnly", false), nil
}

// nothing is for commands without fields of their own.
func nothing(string, value.Value) (bool, error) { return false, nil }

func ping(_ *Engine, _ context.Context, r *request, dst []byte) ([]byte, error) {
	return dst, r.fields(nothing)
}

// endSessions has nothing to end: a session is only a number here.
func endSessions(_ *Engine, _ context.Context, r *request, dst []byte) ([]byte, error) {
	return dst, r.fields(nothing)
}

func buildInfo(_ *Engine, _ context.Context, r *request, dst []byte) ([]byte, error) {
	dst = bsoncore.AppendStringElement(dst, "version", version)
	dst = bsoncore.AppendArrayElement(dst, "versionArray",
		bsoncore.NewArrayBuilder().AppendInt32(7).AppendInt32(0).AppendInt32(0).AppendInt32(0).Build())
	dst = bsoncore.AppendArrayElement(dst, "modules", bsoncore.NewArrayBuilder().AppendString("mongolite").Build())
	dst = bsoncore.AppendInt32Element(dst, "bits", 64)
	dst = bsoncore.AppendInt32Element(dst, "maxBsonObjectSize", value.MaxDocument)
	return dst, r.fields(nothing)
}
