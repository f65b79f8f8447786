package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

const (
	amazon = "https://s3.amazonaws.com"
	// tries of a request; the caller tries again, and says so.
	tries = 3
)

// objects is a store in a bucket.
type objects struct {
	client         *minio.Client
	bucket, prefix string
}

func openS3(u *url.URL) (Store, error) {
	for name := range u.Query() {
		if name != "endpoint" && name != "region" {
			return nil, fmt.Errorf("an S3 store has no setting %q: they are endpoint and region", name)
		}
	}
	if u.Host == "" || u.User != nil {
		return nil, errors.New("it is no s3://bucket/prefix")
	}
	text := u.Query().Get("endpoint")
	if text == "" {
		text = amazon
	}
	endpoint, err := url.Parse(text)
	if err != nil || endpoint.Host == "" || endpoint.Scheme != "https" && endpoint.Scheme != "http" {
		return nil, errors.New("its endpoint is no https://host:port")
	}
	client, err := minio.New(endpoint.Host, &minio.Options{
		Creds: credentials.NewChainCredentials([]credentials.Provider{
			&credentials.EnvAWS{}, &credentials.FileAWSCredentials{}, &credentials.IAM{},
		}),
		Secure: endpoint.Scheme == "https", Region: u.Query().Get("region"), MaxRetries: tries,
	})
	if err != nil {
		return nil, err
	}
	return objects{client: client, bucket: u.Host, prefix: strings.Trim(u.Path, "/")}, nil
}

// String is the bucket's URL.
func (o objects) String() string {
	return fmt.Sprintf("s3://%s at %s", path.Join(o.bucket, o.prefix), o.client.EndpointURL().Host)
}

func (o objects) key(name string) string { return path.Join(o.prefix, name) }

// Put is one request, so that the object is there whole or not at all; an S3 answers when it is safe.
func (o objects) Put(ctx context.Context, name string, content []byte) error {
	_, err := o.client.PutObject(ctx, o.bucket, o.key(name), bytes.NewReader(content), int64(len(content)),
		minio.PutObjectOptions{ContentType: "application/vnd.apache.parquet", DisableMultipart: true})
	return o.wrap("write", name, err)
}

func (o objects) Get(ctx context.Context, name string) ([]byte, error) {
	object, err := o.client.GetObject(ctx, o.bucket, o.key(name), minio.GetObjectOptions{})
	if err != nil {
		return nil, o.wrap("read", name, err)
	}
	content, err := io.ReadAll(object)
	return content, o.wrap("read", name, errors.Join(err, object.Close()))
}

func (o objects) List(ctx context.Context, prefix string) (files []File, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	under := o.prefix
	if under != "" {
		under += "/"
	}
	for object := range o.client.ListObjects(ctx, o.bucket, minio.ListObjectsOptions{Prefix: under + prefix, Recursive: true}) {
		if object.Err != nil {
			return nil, o.wrap("list", prefix, object.Err)
		}
		files = append(files, File{Name: strings.TrimPrefix(object.Key, under), Bytes: object.Size})
	}
	return files, nil
}

func (o objects) wrap(what, name string, err error) error {
	if err == nil {
		return nil
	}
	var answer minio.ErrorResponse
	if errors.As(err, &answer) && answer.Code == minio.NoSuchKey {
		return missing(o.String() + "/" + name)
	}
	return fmt.Errorf("%s %s in %s: %w", what, name, o, err)
}
