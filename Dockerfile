# syntax=docker/dockerfile:1
# The site in a container: `docker build -t bowerbird .`, then
#   docker run -p 9000:9000 -v bowerbird:/data bowerbird
# and it is at https://localhost:9000, with SQLite, images and certificates in the volume. compose.yaml has a larger one.

# Everything that the build needs, compilers and all; nothing of it but what it made goes further.
FROM node:24-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY build.mjs tsconfig.json tsconfig.browser.json ./
COPY migrations migrations
COPY bookmarklet bookmarklet
COPY static static
COPY views views
COPY src src
RUN node build.mjs

# The packages that run: SQLite's driver is compiled here. What only builds is a dependency as well, since `npm start` builds.
FROM node:24-bookworm AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund \
  && rm -rf node_modules/typescript node_modules/@typescript node_modules/esbuild node_modules/@esbuild

FROM node:24-bookworm-slim
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
# build.mjs is what the project's own folder is known by; it is not run here.
COPY package.json build.mjs ./
COPY passwords/breached.bin passwords/
COPY deploy/healthy.mjs deploy/
RUN install -d -m 700 -o node -g node /data
ENV NODE_ENV=production UV_THREADPOOL_SIZE=16 HOST=0.0.0.0 PORT=9000 DATA_DIR=/data CERTS_DIR=/data/certs
USER node
# All that is ever written: the root file system may be read-only.
VOLUME /data
EXPOSE 9000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["node", "deploy/healthy.mjs"]
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
