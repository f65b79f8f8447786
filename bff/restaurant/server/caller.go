package server

import (
	"context"

	"tiffin/platform/identity"
)

// allowed lets in those who may act for the restaurant: nobody is asked to sign in, somebody else is turned away.
func allowed(ctx context.Context, restaurantID string) error {
	return identity.FromContext(ctx).Require(identity.Grant{Role: identity.Restaurant, Resource: restaurantID})
}

// cooks lets in those who may act for some restaurant: whose ticket it is, the kitchen knows and this BFF may not know yet.
func cooks(ctx context.Context) error {
	caller := identity.FromContext(ctx)
	id, ok := caller.Resource(identity.Restaurant)
	if !ok {
		id = caller.Subject // refused below, unless the grant is for any restaurant
	}
	return caller.Require(identity.Grant{Role: identity.Restaurant, Resource: id})
}
